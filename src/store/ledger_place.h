// Where the ledger of a workspace (ledger.h) is kept: in app.db, or in a team's PostgreSQL beside the ledgers of other workspaces.
//
// The table ledger_place of app.db says where. It is read at every use, and by a writer once more when it holds the lock, so that every process follows a move and
// no event goes to the place that was left. Connections to servers are kept for the next ledger of this process.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "store/ledger.h"

namespace jianwei::store {

struct LedgerPlace {
  std::string location;              // "" = app.db; else postgresql://...
  std::string workspace;             // its name there; "" in app.db
};

// Of the workspace whose catalogue, brought up to date by AppDb, is the file `app_db`. All  Errors: unavailable  the database cannot be reached
Result<LedgerPlace> ledger_place(const std::filesystem::path& app_db);
// Count and head without reading the events.
Result<LedgerState> ledger_state(const std::filesystem::path& app_db);

// Moves all events to a PostgreSQL database, or home to app.db (""), after the chain was verified on both sides; who appends meanwhile waits. A database that
// holds this ledger already (it was moved by its own tools) is only pointed to. Errors: corrupt  the chain is broken: nothing is moved;
// invalid_input  no such kind of place, or from one server to another that does not hold it
Result<LedgerState> move_ledger(const std::filesystem::path& app_db, const std::string& location);
// For a copy of the workspace that shall stand alone: brings the events home and leaves them where they are.
Result<LedgerState> copy_ledger_home(const std::filesystem::path& app_db);

// A location for people: without the password of a URL.
std::string shown_location(std::string_view location);

}  // namespace jianwei::store
