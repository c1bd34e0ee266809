// An open stream of server-sent events. Safe to use from any thread.
#pragma once

#include <string>

namespace jianwei::server {

class EventStream {
 public:
  EventStream() = default;
  virtual ~EventStream() = default;
  EventStream(const EventStream&) = delete;
  EventStream& operator=(const EventStream&) = delete;

  virtual void send(std::string text) = 0;  // whole lines of the event-stream format; dropped when the stream is closed
  virtual void close() = 0;
  virtual bool closed() const = 0;          // by us, by the peer, or because the peer reads too slowly
};

}  // namespace jianwei::server
