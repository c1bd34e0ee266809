// Who may do what: the seven roles, sets of them, and who stands behind a request.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "base/result.h"

namespace jianwei::server {

enum class Role : std::uint8_t { viewer, analyst, expert, moderator, curator, admin, auditor };
inline constexpr Role kAllRoles[] = {Role::viewer, Role::analyst, Role::expert, Role::moderator, Role::curator, Role::admin, Role::auditor};

std::string_view to_string(Role role);

class RoleSet {
 public:
  constexpr RoleSet() = default;
  constexpr RoleSet(std::initializer_list<Role> roles) {
    for (const Role role : roles) bits_ = static_cast<std::uint8_t>(bits_ | bit(role));
  }
  constexpr bool has(Role role) const { return (bits_ & bit(role)) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr RoleSet common(RoleSet other) const {
    RoleSet both;
    both.bits_ = bits_ & other.bits_;
    return both;
  }
  constexpr RoleSet with(Role role) const {
    RoleSet more = *this;
    more.bits_ = static_cast<std::uint8_t>(bits_ | bit(role));
    return more;
  }
  constexpr bool operator==(const RoleSet&) const = default;

 private:
  static constexpr std::uint8_t bit(Role role) { return static_cast<std::uint8_t>(1U << static_cast<unsigned>(role)); }
  std::uint8_t bits_ = 0;
};

// "analyst,curator", in the order of the enumeration. Errors: invalid_input  names the unknown role and lists the known ones
std::string to_string(RoleSet roles);
Result<RoleSet> parse_roles(std::string_view text);

// The sets that routes name. A route that takes `kEveryone` needs no sign-in.
inline constexpr RoleSet kReaders = {Role::viewer, Role::analyst, Role::expert, Role::moderator, Role::curator, Role::admin, Role::auditor};
inline constexpr RoleSet kAnalysts = {Role::analyst, Role::curator};                // imports, runs, reports, views
inline constexpr RoleSet kJudges = {Role::analyst, Role::expert, Role::curator};    // the ledger
inline constexpr RoleSet kCurators = {Role::curator};
inline constexpr RoleSet kModerators = {Role::moderator};
inline constexpr RoleSet kWorkers = {Role::analyst, Role::curator, Role::admin};    // jobs
inline constexpr RoleSet kKeepers = {Role::curator, Role::admin};                   // workspaces, where alerts go
inline constexpr RoleSet kAdmins = {Role::admin};
inline constexpr RoleSet kAuditors = {Role::auditor, Role::admin};
inline constexpr RoleSet kEveryone = {};

enum class SignedBy : std::uint8_t { nothing, session, token };

struct Caller {
  std::string user_id;            // "" nobody is signed in
  std::string name, display_name;
  RoleSet roles;                  // of a token: those of its user that the token keeps
  std::string language;           // zh or en
  std::string origin, subject;    // local, or who vouches for the user and as whom
  SignedBy signed_by = SignedBy::nothing;
  bool read_only = false;         // a token of scope read or feed
  bool feeds_only = false;        // a token of scope feed: good for feeds, whose addresses carry it, and for nothing else
  std::string credential;         // hash of the session's or token's secret
  std::string csrf;               // of a session

  bool signed_in() const { return signed_by != SignedBy::nothing; }
};

}  // namespace jianwei::server
