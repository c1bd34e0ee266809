// The HTTP front: listens, reads requests, hands each to `answer` on a small pool of threads, and writes what it returns.
//
// RESTinio and asio are seen by http_server.cpp alone. The io threads read and write and never compute.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "server/http/message.h"

namespace jianwei::server {

struct HttpOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;               // 0: any free one
  int io_threads = 2;
  int handler_threads = 4;
  std::size_t max_waiting = 512;           // requests that wait for a handler thread; more are answered 503 at once
  std::size_t max_connections = 4096;
  std::size_t max_body_bytes = std::size_t{9} << 20;  // of any request: what is longer is cut off with its connection
  bool trust_proxy = false;                // the client's address is the last of X-Forwarded-For
};

class HttpServer {
 public:
  using Answer = std::function<Response(Request&&)>;

  // Errors: unavailable  the address is taken or not ours
  static Result<std::unique_ptr<HttpServer>> start(const HttpOptions& options, Answer answer);
  virtual ~HttpServer() = default;
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  virtual std::uint16_t port() const = 0;
  // Takes no more connections, lets running handlers finish, ends the event streams, and returns when all is written or after a few seconds.
  virtual void stop() = 0;

 protected:
  HttpServer() = default;
};

}  // namespace jianwei::server
