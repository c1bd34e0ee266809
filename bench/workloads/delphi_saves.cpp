// The experts of a Delphi study as a load: every link answers every item of the open round through the real HTTP API, over kept connections that each wait for the answer to a save before they send the next.
//
//   bench_delphi_saves PORT WORKSPACE LINKS ITEMS ROUND CONNECTIONS
//
// LINKS: a file with the secret of one link a line. Round 1 begins with consent. One thread with epoll: a driver must not take the processors from what it measures. Prints one JSON object: saves that were
// acknowledged, seconds, percentiles in milliseconds, its own CPU seconds; "lost_connection" when the server went away, with what had been acknowledged until then. Answers follow from expert, item and round alone.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <numeric>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "delphi_answers.h"

namespace {

using Clock = std::chrono::steady_clock;

struct Load {
  std::string workspace;
  std::vector<std::string> links;
  std::size_t items = 0, round = 1, connections = 1;
  std::uint16_t port = 0;
};

struct Connection {
  int socket = -1;
  std::size_t expert = 0, place = 0;  // place: 0 = consent, else 1 + number of saved items
  std::vector<std::uint32_t> order;
  std::string out, in;
  Clock::time_point sent;
};

class Driver {
 public:
  explicit Driver(const Load& load) : load_(load) { milliseconds_.reserve(load.links.size() * load.items); }

  int run() {
    epoll_ = ::epoll_create1(0);
    std::vector<Connection> connections(std::min(load_.connections, load_.links.size()));
    const auto begin = Clock::now();
    for (std::size_t i = 0; i < connections.size(); ++i) {
      if (!open(connections[i])) return 1;
      start(connections[i], i);
      if (!send(connections[i])) return 1;
    }
    open_ = connections.size();
    epoll_event events[64];
    while (open_ > 0 && !lost_) {
      const int ready = ::epoll_wait(epoll_, events, 64, -1);
      for (int e = 0; e < ready && !lost_; ++e) {
        if (!receive(*static_cast<Connection*>(events[e].data.ptr))) lost_ = true;
      }
    }
    report(std::chrono::duration<double>(Clock::now() - begin).count());
    return refused_.empty() ? 0 : 1;
  }

 private:
  bool open(Connection& connection) {
    connection.socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int one = 1;
    ::setsockopt(connection.socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(load_.port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(connection.socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) return std::perror("connect"), false;
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = &connection;
    return ::epoll_ctl(epoll_, EPOLL_CTL_ADD, connection.socket, &event) == 0;
  }

  void start(Connection& connection, std::size_t expert) {
    connection.expert = expert;
    connection.place = load_.round == 1 ? 0 : 1;
    connection.order.resize(load_.items);
    std::iota(connection.order.begin(), connection.order.end(), 1u);
    std::mt19937_64 random(expert);
    std::shuffle(connection.order.begin(), connection.order.end(), random);
  }

  bool send(Connection& connection) {
    const bool consent = connection.place == 0;
    const std::size_t item = consent ? 0 : connection.order[connection.place - 1];
    const std::string body = consent ? R"({"text_version":"1"})" : jianwei::bench::generated_card(connection.expert, item, load_.round);
    connection.out = (consent ? "POST /api/v1/w/" + load_.workspace + "/panel/consent" : "PUT /api/v1/w/" + load_.workspace + "/panel/cards/item-" + std::to_string(item)) +
                     " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nX-Seat: " + load_.links[connection.expert] + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    connection.in.clear();
    connection.sent = Clock::now();
    return ::send(connection.socket, connection.out.data(), connection.out.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(connection.out.size());
  }

  bool receive(Connection& connection) {
    char buffer[16384];
    const ssize_t got = ::recv(connection.socket, buffer, sizeof buffer, 0);
    if (got <= 0) return false;
    connection.in.append(buffer, static_cast<std::size_t>(got));
    const std::size_t head = connection.in.find("\r\n\r\n");
    if (head == std::string::npos) return true;
    const char* length = ::strcasestr(connection.in.c_str(), "\r\ncontent-length:");
    const std::size_t size = length == nullptr ? 0 : std::strtoul(length + 17, nullptr, 10);
    if (connection.in.size() < head + 4 + size) return true;
    if (connection.in.compare(0, 10, "HTTP/1.1 2") != 0) {
      refused_ = connection.in.substr(0, 600);
      return false;
    }
    if (connection.place > 0) milliseconds_.push_back(std::chrono::duration<float, std::milli>(Clock::now() - connection.sent).count());
    if (++connection.place > load_.items) {
      const std::size_t next = connection.expert + load_.connections;
      if (next >= load_.links.size()) {
        ::close(connection.socket);
        --open_;
        return true;
      }
      start(connection, next);
    }
    return send(connection);
  }

  void report(double seconds) {
    std::sort(milliseconds_.begin(), milliseconds_.end());
    const auto at = [&](double share) { return milliseconds_.empty() ? 0.0 : static_cast<double>(milliseconds_[std::min(milliseconds_.size() - 1, static_cast<std::size_t>(share * static_cast<double>(milliseconds_.size())))]); };
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    const double cpu = static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) * 1e-6;
    std::printf(R"({"saves":%zu,"seconds":%.2f,"p50":%.2f,"p95":%.2f,"p99":%.2f,"max":%.2f,"driver_cpu":%.1f,"lost_connection":%s})"
                "\n",
                milliseconds_.size(), seconds, at(.5), at(.95), at(.99), at(1.0), cpu, lost_ ? "true" : "false");
    if (!refused_.empty()) std::fprintf(stderr, "refused: %s\n", refused_.c_str());
  }

  const Load& load_;
  int epoll_ = -1;
  std::size_t open_ = 0;
  bool lost_ = false;
  std::string refused_;
  std::vector<float> milliseconds_;  // float: one a save, by the million
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 7) return std::fprintf(stderr, "usage: bench_delphi_saves PORT WORKSPACE LINKS ITEMS ROUND CONNECTIONS\n"), 2;
  Load load;
  load.port = static_cast<std::uint16_t>(std::atoi(argv[1]));
  load.workspace = argv[2];
  std::ifstream links(argv[3]);
  for (std::string line; std::getline(links, line);) load.links.push_back(line);
  load.items = std::strtoul(argv[4], nullptr, 10);
  load.round = std::strtoul(argv[5], nullptr, 10);
  load.connections = std::strtoul(argv[6], nullptr, 10);
  return Driver(load).run();
}
