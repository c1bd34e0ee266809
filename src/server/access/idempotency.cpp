#include "server/access/idempotency.h"

#include "base/hash.h"
#include "server/access/secrets.h"

namespace jianwei::server {

Result<Response> Idempotency::answer(const Request& request, const Handler& handler) {
  const std::string key(request.header("idempotency-key"));
  if (key.size() > 200) return fail(ErrorKind::invalid_input, "Idempotency-Key: longer than 200 bytes");
  const std::string hash = sha256_hex(fmt::format("{} {}\n{}", to_string(request.method), request.path, request.body));
  if (const auto kept = TRY(database_.answer(request.caller.user_id, key))) {
    if (kept->request_hash != hash) return fail(ErrorKind::conflict, "Idempotency-Key: this key came with another request before");
    Response response;
    response.status = static_cast<int>(kept->status);
    response.content_type = kept->content_type;
    response.body = kept->body;
    response.headers.emplace_back("Idempotent-Replay", "true");
    return response;
  }
  const std::string working = request.caller.user_id + "\n" + key;
  {
    const std::lock_guard lock(mutex_);
    if (!at_work_.insert(working).second) return fail(ErrorKind::conflict, "Idempotency-Key: the first request with this key is still at work");
  }
  struct Done {
    Idempotency& owner;
    const std::string& name;
    ~Done() {
      const std::lock_guard lock(owner.mutex_);
      owner.at_work_.erase(name);
    }
  } done{*this, working};
  Response response = TRY(handler(request));
  if (response.status < 300 && !response.on_stream) {
    const std::int64_t now = unix_now();
    TRY(database_.delete_old_answers(now - 86400));
    TRY(database_.add_answer({request.caller.user_id, key, hash, response.status, response.content_type, response.body, now}));
  }
  return response;
}

}  // namespace jianwei::server
