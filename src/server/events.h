// Events for browsers: jobs, alerts, judgements. Each has an id "<epoch>.<n>"; the last few thousand are kept, so that a browser that comes
// back with Last-Event-ID gets what it missed. When that is no longer known (or the server was started anew) it gets an event "reset": read all again.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "server/http/event_stream.h"

namespace jianwei::server {

class EventBus {
 public:
  EventBus();
  ~EventBus();  // closes the streams
  EventBus(const EventBus&) = delete;
  EventBus& operator=(const EventBus&) = delete;

  // `data` is one line of JSON.
  void publish(std::string_view topic, std::string data);
  // From now on the stream gets the events of these topics, those after `last_event_id` first. `still_allowed` is asked at each ping.
  void subscribe(std::shared_ptr<EventStream> stream, std::vector<std::string> topics, std::string_view last_event_id, std::function<bool()> still_allowed);
  std::size_t stream_count() const;

 private:
  struct Event {
    std::int64_t number = 0;
    std::string topic, text;  // as sent
  };
  struct Subscriber {
    std::shared_ptr<EventStream> stream;
    std::vector<std::string> topics;
    std::function<bool()> still_allowed;
  };
  void ping();
  void drop_closed();

  const std::string epoch_;
  mutable std::mutex mutex_;  // protects the rest
  std::int64_t last_number_ = 0;
  std::deque<Event> kept_;
  std::vector<Subscriber> subscribers_;
  bool stopping_ = false;
  std::condition_variable wake_;
  std::thread pinger_;
};

}  // namespace jianwei::server
