// Rows of server.db that concern jobs and uploads.
#pragma once

#include <cstdint>
#include <string>

namespace jianwei::store {

struct JobRow {
  std::int64_t number = 0;
  std::string workspace, kind, parameters, state, stage, unit;
  std::int64_t done = 0, total = 0;
  std::string message, result;
  std::int64_t attempts = 0;
  std::string asked_by, asked_by_name, request_key, asked_at, started_at, finished_at;
};

struct JobLine {
  std::int64_t line = 0;
  std::string at, text;
};

struct JobFilter {
  std::string workspace, state, kind;  // "" = any
};

struct UploadRow {
  std::string id, workspace, user_id, name;
  std::int64_t bytes = 0;
  std::string checksum;                // "" until it is complete
  std::int64_t created_at = 0;
};

struct AnswerRow {
  std::string user_id, request_key, request_hash;
  std::int64_t status = 0;
  std::string content_type, body;
  std::int64_t created_at = 0;
};

}  // namespace jianwei::store
