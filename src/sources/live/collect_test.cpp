// Collection against a small HTTP server on 127.0.0.1: real requests, answers made by hand in the shape the services give.
#include "sources/live/collect.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <thread>

#include "base/strings.h"
#include "sources/test_support.h"

namespace jianwei::sources {
namespace {

using testing::Collected;

// Answers each connection with what `answer` gives for its request (head only) and closes it. An empty answer cuts the connection.
class Server {
 public:
  explicit Server(std::function<std::string(const std::string& request, int number)> answer) : answer_(std::move(answer)) {
    listener_ = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    socklen_t size = sizeof address;
    getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    listen(listener_, 8);
    thread_ = std::thread([this] { serve(); });
  }
  ~Server() {
    stopping_ = true;
    shutdown(listener_, SHUT_RDWR);
    close(listener_);
    thread_.join();
  }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  std::vector<std::string> requests;  // read after the collection is over

 private:
  void serve() {
    for (int number = 0; !stopping_; ++number) {
      const int connection = accept(listener_, nullptr, nullptr);
      if (connection < 0) return;
      std::string request;
      char block[4096];
      while (request.find("\r\n\r\n") == std::string::npos) {
        const ssize_t count = recv(connection, block, sizeof block, 0);
        if (count <= 0) break;
        request.append(block, static_cast<std::size_t>(count));
      }
      requests.push_back(request);
      const std::string answer = answer_(request, number);
      if (!answer.empty()) send(connection, answer.data(), answer.size(), MSG_NOSIGNAL);
      close(connection);
    }
  }

  std::function<std::string(const std::string&, int)> answer_;
  std::atomic<bool> stopping_ = false;
  int listener_ = -1;
  int port_ = 0;
  std::thread thread_;
};

std::string ok(const std::string& body, const std::string& headers = "") {
  return "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + headers + "\r\n" + body;
}
std::string status(int code, const std::string& headers = "") {
  return "HTTP/1.1 " + std::to_string(code) + " No\r\nConnection: close\r\nContent-Length: 2\r\n" + headers + "\r\nno";
}

CollectSettings settings_for(const Server& server) {
  CollectSettings settings;
  settings.enabled = true;
  settings.base_url = server.url();
  settings.min_interval_ms = 0;
  settings.http.contact = "mailto:test@example.org";
  settings.http.allow_http = true;
  settings.http.first_backoff_ms = 5;
  settings.http.max_tries = 4;
  settings.http.timeout_ms = 5000;
  settings.today = {2024, 5, 6};
  return settings;
}

bool asks(const std::string& request, std::string_view part) { return request.substr(0, request.find("\r\n")).find(part) != std::string::npos; }

struct Outcome {
  CollectState state;
  std::vector<std::string> bodies;
  std::vector<CollectState> states;
  Result<> result;
};

Outcome run(std::string_view name, const CollectQuery& query, const CollectSettings& settings, CollectState state = {}, std::size_t stop_after = 1000) {
  Outcome done;
  done.state = std::move(state);
  Progress progress;
  done.result = collect(*find_collector(name), query, settings, done.state,
                        [&](const CollectPage& page, const CollectState& next) -> Result<> {
                          if (done.bodies.size() >= stop_after) return fail(ErrorKind::unavailable, "disk full");
                          done.bodies.push_back(page.body);
                          done.states.push_back(next);
                          return {};
                        },
                        progress);
  return done;
}

std::string openalex_page(int first, const std::string& next) {
  return fmt::format(R"({{"meta":{{"count":4,"next_cursor":{}}},"results":[{{"id":"https://openalex.org/W{}"}},{{"id":"https://openalex.org/W{}"}}]}})", next.empty() ? "null" : '"' + next + '"', first, first + 1);
}

TEST(Collect, PagesByCursorAndSaysWhoAsks) {
  Server server([](const std::string& request, int) { return ok(asks(request, "cursor=%2A") ? openalex_page(1, "n==2") : openalex_page(3, "")); });
  const Outcome done = run("openalex", {"soft robots", "type:article", {2020, 1, 1}}, settings_for(server));
  ASSERT_TRUE(done.result) << done.result.error().message;
  EXPECT_EQ(done.bodies.size(), 2u);
  EXPECT_TRUE(done.state.complete);
  EXPECT_EQ(done.state.record_count, 4);
  ASSERT_EQ(server.requests.size(), 2u);
  EXPECT_TRUE(asks(server.requests[0], "search=soft%20robots"));
  EXPECT_TRUE(asks(server.requests[0], "filter=from_publication_date%3A2020-01-01%2Ctype%3Aarticle"));
  EXPECT_TRUE(asks(server.requests[1], "cursor=n%3D%3D2"));
  EXPECT_NE(server.requests[0].find("User-Agent: jianwei/"), std::string::npos);
  EXPECT_NE(server.requests[0].find("mailto:test@example.org"), std::string::npos);
}

TEST(Collect, WaitsForRetryAfterAndTriesAgainAfterServerErrors) {
  Server server([](const std::string&, int number) {
    if (number == 0) return status(429, "Retry-After: 1\r\n");
    if (number == 1) return status(500);
    return ok(openalex_page(1, ""));
  });
  const auto begin = std::chrono::steady_clock::now();
  const Outcome done = run("openalex", {"x", "", {}}, settings_for(server));
  ASSERT_TRUE(done.result) << done.result.error().message;
  EXPECT_GE(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds(990));
  EXPECT_EQ(server.requests.size(), 3u);
}

TEST(Collect, TriesAgainAfterACutConnection) {
  Server server([](const std::string&, int number) {
    const std::string whole = ok(openalex_page(1, ""));
    return number == 0 ? std::string() : number == 1 ? whole.substr(0, whole.size() - 20) : whole;
  });
  const Outcome done = run("openalex", {"x", "", {}}, settings_for(server));
  ASSERT_TRUE(done.result) << done.result.error().message;
  EXPECT_EQ(server.requests.size(), 3u);
  EXPECT_EQ(done.bodies.at(0), openalex_page(1, ""));
}

TEST(Collect, GivesUpAfterBoundedTriesAndOnLongWaits) {
  Server failing([](const std::string&, int) { return status(503); });
  const Outcome failed = run("openalex", {"x", "", {}}, settings_for(failing));
  ASSERT_FALSE(failed.result);
  EXPECT_EQ(failed.result.error().kind, ErrorKind::unavailable);
  EXPECT_EQ(failing.requests.size(), 4u);

  Server busy([](const std::string&, int) { return status(429, "Retry-After: 86400\r\n"); });
  const Outcome refused = run("openalex", {"x", "", {}}, settings_for(busy));
  ASSERT_FALSE(refused.result);
  EXPECT_NE(refused.result.error().message.find("86400 seconds"), std::string::npos);
  EXPECT_EQ(busy.requests.size(), 1u);
}

TEST(Collect, DoesNotRetryARefusedQuery) {
  Server server([](const std::string&, int) { return status(400); });
  const Outcome done = run("openalex", {"x", "wrong", {}}, settings_for(server));
  ASSERT_FALSE(done.result);
  EXPECT_EQ(done.result.error().kind, ErrorKind::invalid_input);
  EXPECT_EQ(server.requests.size(), 1u);
}

TEST(Collect, GoesOnWhereItStopped) {
  Server server([](const std::string& request, int) {
    if (asks(request, "cursor=%2A")) return ok(openalex_page(1, "two"));
    if (asks(request, "cursor=two")) return ok(openalex_page(3, "three"));
    return ok(openalex_page(5, ""));
  });
  const Outcome first = run("openalex", {"x", "", {}}, settings_for(server), {}, 1);
  ASSERT_FALSE(first.result);  // the second page could not be saved
  EXPECT_EQ(first.state.cursor, "two");
  const Result<CollectState> stored = parse_collect_state(to_json(first.states.back()));
  ASSERT_TRUE(stored);
  EXPECT_EQ(*stored, first.states.back());
  const Outcome second = run("openalex", {"x", "", {}}, settings_for(server), *stored);
  ASSERT_TRUE(second.result);
  EXPECT_EQ(second.bodies, (std::vector<std::string>{openalex_page(3, "three"), openalex_page(5, "")}));
  EXPECT_EQ(second.state.record_count, 6);
}

TEST(Collect, BeginsTheWindowAgainWhenAKeptCursorHasExpired) {
  Server server([](const std::string& request, int) { return asks(request, "cursor=old") ? status(404) : ok(openalex_page(1, "")); });
  CollectState state;
  state.cursor = "old";
  state.window_until = {2024, 5, 1};
  state.record_count = 200;
  CollectSettings settings = settings_for(server);
  settings.api_key = "secret";
  const Outcome done = run("openalex", {"x", "", {}}, settings, state);
  ASSERT_TRUE(done.result) << done.result.error().message;
  EXPECT_EQ(server.requests.size(), 2u);
  EXPECT_EQ(done.state.record_count, 2);
  EXPECT_EQ(done.state.window_until, (Date{2024, 5, 1}));
  EXPECT_TRUE(asks(server.requests[1], "api_key=secret"));
}

TEST(Collect, AsksOnlyForWhatIsNewerTheNextTime) {
  Server server([](const std::string&, int) { return ok(R"({"message":{"total-results":1,"next-cursor":"abc","items":[{"DOI":"10.1/a"}]}})"); });
  CollectSettings settings = settings_for(server);
  const Outcome first = run("crossref", {"x", "", {}}, settings);
  ASSERT_TRUE(first.result);
  EXPECT_TRUE(first.state.complete);
  EXPECT_FALSE(asks(server.requests.at(0), "filter="));
  settings.today = {2024, 6, 1};
  const Outcome second = run("crossref", {"x", "", {}}, settings, first.state);
  ASSERT_TRUE(second.result);
  EXPECT_TRUE(asks(server.requests.at(1), "from-index-date%3A2024-05-06%2Cuntil-index-date%3A2024-06-01"));
  EXPECT_EQ(second.state.window_until, (Date{2024, 6, 1}));
}

TEST(Collect, PagesArxivByOffsetAndItsPagesGoThroughTheReader) {
  const std::string entry = "<entry><id>http://arxiv.org/abs/2101.0000{}v1</id><published>2021-01-01T00:00:00Z</published><title>T{}</title><summary>S</summary></entry>";
  Server server([&](const std::string& request, int) {
    const std::string n = asks(request, "start=0&") ? "1" : "2";
    return ok("<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'><opensearch:totalResults>2</opensearch:totalResults>" + replace_all(entry, "{}", n) + "</feed>");
  });
  const Outcome done = run("arxiv", {"soft robots", "", {2021, 1, 1}}, settings_for(server));
  ASSERT_TRUE(done.result) << done.result.error().message;
  ASSERT_EQ(done.bodies.size(), 2u);
  EXPECT_TRUE(asks(server.requests[0], "submittedDate%3A%5B202101010000%20TO%20202405062359%5D"));
  Collected sink;
  for (const std::string& body : done.bodies) testing::read_text(xml_formats(), body, sink);
  ASSERT_EQ(sink.records.size(), 2u);
  EXPECT_EQ(sink.records[1].provenance.own_id, "2101.00002");
}

TEST(Collect, EuropePmcEndsWhenTheCursorStays) {
  Server server([](const std::string& request, int) {
    const bool first = asks(request, "cursorMark=%2A");
    return ok("<responseWrapper><hitCount>1</hitCount><nextCursorMark>AoE=</nextCursorMark><resultList>" + std::string(first ? "<result><id>1</id><source>MED</source><title>A title.</title><citedByCount>7</citedByCount></result>" : "") + "</resultList></responseWrapper>");
  });
  const Outcome done = run("europepmc", {"x", "", {}}, settings_for(server));
  ASSERT_TRUE(done.result) << done.result.error().message;
  EXPECT_EQ(done.bodies.size(), 2u);
  Collected sink;
  testing::read_text(xml_formats(), done.bodies[0], sink);
  ASSERT_EQ(sink.records.size(), 1u);
  EXPECT_EQ(sink.records[0].citation_count, 7);
}

TEST(Collect, NsfPagesByOffset) {
  Server server([](const std::string& request, int) {
    const std::string award = "<award><id>160000{}</id><title>Award {}</title><abstractText>A</abstractText><startDate>01/15/2016</startDate></award>";
    std::string body = replace_all(award, "{}", asks(request, "offset=1&") ? "1" : "2");
    if (asks(request, "offset=1&")) body += replace_all(award, "{}", "3");
    return ok("<response>" + body + "</response>");
  });
  CollectSettings settings = settings_for(server);
  settings.page_size = 2;
  const Outcome done = run("nsf", {"robots", "", {}}, settings);
  ASSERT_TRUE(done.result) << done.result.error().message;
  EXPECT_EQ(server.requests.size(), 2u);
  EXPECT_TRUE(asks(server.requests[1], "offset=3"));
  Collected sink;
  for (const std::string& body : done.bodies) testing::read_text(xml_formats(), body, sink);
  EXPECT_EQ(sink.records.size(), 3u);
}

TEST(Collect, FeedsAskWhetherSomethingIsNew) {
  Server server([](const std::string& request, int) {
    if (request.find("If-None-Match: \"v1\"") != std::string::npos) return std::string("HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n");
    return ok("<rss version='2.0'><channel><title>N</title><item><title>One</title></item></channel></rss>", "ETag: \"v1\"\r\n");
  });
  const Outcome first = run("feed", {}, settings_for(server));
  ASSERT_TRUE(first.result) << first.result.error().message;
  EXPECT_EQ(first.state.record_count, 1);
  const Outcome second = run("feed", {}, settings_for(server), first.state);
  ASSERT_TRUE(second.result) << second.result.error().message;
  EXPECT_EQ(second.bodies, (std::vector<std::string>{""}));
  EXPECT_TRUE(second.state.complete);
}

TEST(Collect, RefusesWithoutConsentContactOrHttps) {
  Server server([](const std::string&, int) { return ok("{}"); });
  CollectSettings settings = settings_for(server);
  settings.enabled = false;
  EXPECT_EQ(run("openalex", {}, settings).result.error().kind, ErrorKind::forbidden);
  settings = settings_for(server);
  settings.http.contact.clear();
  EXPECT_EQ(run("openalex", {}, settings).result.error().kind, ErrorKind::forbidden);
  settings = settings_for(server);
  settings.http.allow_http = false;
  EXPECT_EQ(run("openalex", {}, settings).result.error().kind, ErrorKind::invalid_input);
  EXPECT_TRUE(server.requests.empty());
}

TEST(Collect, DoesNotFollowOtherSchemesAndCapsTheSize) {
  Server redirecting([](const std::string&, int) { return status(302, "Location: file:///etc/hostname\r\n"); });
  EXPECT_EQ(run("openalex", {}, settings_for(redirecting)).result.error().kind, ErrorKind::invalid_input);
  Server large([](const std::string&, int) { return ok(std::string(1 << 20, 'x')); });
  CollectSettings settings = settings_for(large);
  settings.http.max_body_bytes = 1 << 16;
  const Outcome done = run("openalex", {}, settings);
  ASSERT_FALSE(done.result);
  EXPECT_NE(done.result.error().message.find("more than 65536 bytes"), std::string::npos);
}

TEST(Collect, StopsWhileWaitingWhenCancelled) {
  Server server([](const std::string&, int) { return status(429, "Retry-After: 30\r\n"); });
  Progress progress;
  CollectState state;
  std::thread canceller([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    progress.cancel();
  });
  const auto begin = std::chrono::steady_clock::now();
  const Result<> result = collect(*find_collector("openalex"), {"x", "", {}}, settings_for(server), state, [](const CollectPage&, const CollectState&) -> Result<> { return {}; }, progress);
  canceller.join();
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::cancelled);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
}

}  // namespace
}  // namespace jianwei::sources
