#include "server/events.h"

#include <algorithm>
#include <chrono>
#include <optional>

#include <fmt/format.h>

#include "base/strings.h"
#include "server/access/secrets.h"

namespace jianwei::server {
namespace {

constexpr std::size_t kKeptEvents = 4096;
constexpr std::chrono::seconds kPingEvery{15};

bool wants(const std::vector<std::string>& topics, std::string_view topic) { return std::find(topics.begin(), topics.end(), topic) != topics.end(); }

}  // namespace

EventBus::EventBus() : epoch_(random_hex(8)), pinger_([this] { ping(); }) {}

EventBus::~EventBus() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  pinger_.join();
  for (const Subscriber& subscriber : subscribers_) subscriber.stream->close();
}

void EventBus::publish(std::string_view topic, std::string data) {
  const std::lock_guard lock(mutex_);
  Event event{++last_number_, std::string(topic), {}};
  event.text = fmt::format("id: {}.{}\nevent: {}\ndata: {}\n\n", epoch_, event.number, topic, data);
  for (const Subscriber& subscriber : subscribers_) {
    if (wants(subscriber.topics, topic)) subscriber.stream->send(event.text);
  }
  kept_.push_back(std::move(event));
  if (kept_.size() > kKeptEvents) kept_.pop_front();
  drop_closed();
}

void EventBus::subscribe(std::shared_ptr<EventStream> stream, std::vector<std::string> topics, std::string_view last_event_id, std::function<bool()> still_allowed) {
  const std::lock_guard lock(mutex_);
  const std::size_t dot = last_event_id.find('.');
  std::optional<std::int64_t> last;
  if (dot != std::string_view::npos && last_event_id.substr(0, dot) == epoch_) last = parse_int(last_event_id.substr(dot + 1));
  const std::int64_t first_kept = kept_.empty() ? last_number_ + 1 : kept_.front().number;
  const bool gap = !last_event_id.empty() && (!last || *last + 1 < first_kept || *last > last_number_);
  // Browsers wait two seconds before they come back.
  stream->send(fmt::format("retry: 2000\nid: {}.{}\nevent: {}\ndata: {{}}\n\n", epoch_, last && !gap ? *last : last_number_, gap ? "reset" : "ready"));
  if (last && !gap) {
    for (const Event& event : kept_) {
      if (event.number > *last && wants(topics, event.topic)) stream->send(event.text);
    }
  }
  subscribers_.push_back({std::move(stream), std::move(topics), std::move(still_allowed)});
}

std::size_t EventBus::stream_count() const {
  const std::lock_guard lock(mutex_);
  return subscribers_.size();
}

void EventBus::ping() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (wake_.wait_for(lock, kPingEvery, [this] { return stopping_; })) return;
    for (const Subscriber& subscriber : subscribers_) {
      if (subscriber.still_allowed()) {
        subscriber.stream->send(": ping\n\n");
      } else {
        subscriber.stream->close();  // its session has ended
      }
    }
    drop_closed();
  }
}

void EventBus::drop_closed() {
  std::erase_if(subscribers_, [](const Subscriber& subscriber) { return subscriber.stream->closed(); });
}

}  // namespace jianwei::server
