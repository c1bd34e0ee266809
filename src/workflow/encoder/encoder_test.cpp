// The encoder against a small HTTP server on 127.0.0.1 that this test starts: real requests, cached vectors, answers that are wrong.
#include "workflow/encoder/encoder.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <simdjson.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cmath>
#include <fstream>
#include <functional>
#include <mutex>
#include <thread>

#include "base/file.h"
#include "base/strings.h"
#include "workflow/import.h"
#include "workflow/run/run.h"
#include "workflow/search.h"

namespace jianwei::workflow {
namespace {

namespace fs = std::filesystem;

// Answers each request with what `answer` gives for its head and body; one connection after the other.
class Server {
 public:
  using Answer = std::function<std::string(const std::string& head, const std::string& body, int number)>;
  explicit Server(Answer answer) : answer_(std::move(answer)) {
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
    shutdown(listener_, SHUT_RDWR);
    close(listener_);
    thread_.join();
  }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/v1/embeddings"; }
  int request_count() const { return count_; }

 private:
  void serve() {
    for (;;) {
      const int connection = accept(listener_, nullptr, nullptr);
      if (connection < 0) return;
      std::string request;
      char block[4096];
      std::size_t wanted = std::string::npos;
      while (request.size() < wanted) {
        const ssize_t count = recv(connection, block, sizeof block, 0);
        if (count <= 0) break;
        request.append(block, static_cast<std::size_t>(count));
        const std::size_t end = request.find("\r\n\r\n");
        const std::size_t length = to_lower_ascii(request).find("content-length:");
        if (end != std::string::npos) wanted = end + 4 + (length < end ? static_cast<std::size_t>(std::stoul(request.substr(length + 15))) : 0);
        if (to_lower_ascii(request).find("expect: 100-continue") < end && request.size() < wanted) send(connection, "HTTP/1.1 100 Continue\r\n\r\n", 25, MSG_NOSIGNAL);
      }
      const std::size_t end = std::min(request.find("\r\n\r\n"), request.size());
      const std::string answer = answer_(request.substr(0, end), request.substr(std::min(end + 4, request.size())), count_++);
      send(connection, answer.data(), answer.size(), MSG_NOSIGNAL);
      close(connection);
    }
  }

  Answer answer_;
  std::atomic<int> count_ = 0;
  int listener_ = -1;
  int port_ = 0;
  std::thread thread_;
};

std::string answer_of(int status, const std::string& body) {
  return fmt::format("HTTP/1.1 {} X\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{}", status, body.size(), body);
}

std::vector<std::string> inputs_of(const std::string& body) {
  simdjson::dom::parser parser;
  std::vector<std::string> texts;
  for (const simdjson::dom::element text : parser.parse(body)["input"].get_array()) texts.emplace_back(std::string_view(text.get_string()));
  return texts;
}

// Three numbers a text: how often it says robot, battery, anything. Answers in reverse order, as a server may.
std::string embed(const std::string& body) {
  const std::vector<std::string> texts = inputs_of(body);
  const auto count = [](const std::string& text, std::string_view word) {
    int n = 0;
    for (std::size_t at = to_lower_ascii(text).find(word); at != std::string::npos; at = to_lower_ascii(text).find(word, at + 1)) ++n;
    return n;
  };
  std::string data;
  for (std::size_t i = texts.size(); i-- > 0;) {
    const int robot = count(texts[i], "robot") + count(texts[i], "gripper"), battery = count(texts[i], "battery") + count(texts[i], "electrolyte");
    data += fmt::format(R"({}{{"object":"embedding","index":{},"embedding":[{}, {}, 0.5]}})", data.empty() ? "" : ",", i, 3 * robot, 3 * battery);
  }
  return answer_of(200, R"({"object":"list","model":"toy","data":[)" + data + "]}");
}

class Encoder : public ::testing::Test {
 protected:
  void SetUp() override {
    fs::remove_all(root_);
    fs::create_directories(root_);
    std::ofstream csv(root_ / "records.csv");
    csv << "id,title,abstract,year\n";
    const char* parts[] = {"silicone finger", "sulfide layer", "vacuum cup", "polymer membrane", "tendon drive", "garnet ceramic", "pneumatic bellows", "lithium anode", "granular jamming", "sodium cathode"};
    for (int i = 0; i < 60; ++i) {
      const bool robot = i % 2 == 0;
      csv << i << "," << (robot ? "Soft robot arm number " : "Solid battery cell number ") << i << ","
          << (robot ? "A robot gripper holds fruit by its " : "The battery electrolyte conducts ions through its ") << parts[i % 10] << " and the " << parts[(i + 2 + 2 * (i / 20)) % 10] << "," << 2010 + i % 8 << "\n";
    }
    csv.close();
    ASSERT_TRUE(init_workspace(root_ / "ws", {}));
    Workspace workspace = writable();
    Progress progress;
    const auto imported = import_files(workspace, {(root_ / "records.csv").string()}, {}, progress);
    ASSERT_TRUE(imported) << imported.error().message;
  }
  void TearDown() override { fs::remove_all(root_); }

  Workspace writable() const { return std::move(*open_workspace(root_ / "ws", {.access = store::Access::write, .command = "test"})); }
  void set_encoder(const std::string& lines) const { std::ofstream(root_ / "ws" / "jianwei.toml") << "format = 1\nname = \"t\"\nlanguage = \"en\"\n[encoder]\n" << lines; }
  Result<analysis::VectorTable> encode(const std::vector<std::string>& texts) const {
    Progress progress;
    const Workspace workspace = TRY(open_workspace(root_ / "ws"));
    return encode_texts(workspace, TRY(encoder_settings(workspace)), texts, progress);
  }

  fs::path root_ = fs::temp_directory_path() / ("jw_encoder_" + std::to_string(::getpid()));
};

TEST_F(Encoder, SendsBatchesOnceAndKeepsWhatItGot) {
  ::setenv("JIANWEI_TEST_KEY", "secret-7", 1);
  std::mutex mutex;
  std::vector<std::size_t> sizes;
  Server server([&](const std::string& head, const std::string& body, int) {
    const std::lock_guard lock(mutex);
    sizes.push_back(inputs_of(body).size());
    return head.starts_with("POST /v1/embeddings ") && head.find("Authorization: Bearer secret-7") != std::string::npos && body.find(R"("model":"toy")") != std::string::npos ? embed(body) : answer_of(401, "who are you?");
  });
  set_encoder("url = \"" + server.url() + "\"\nmodel = \"toy\"\nkey_variable = \"JIANWEI_TEST_KEY\"\nbatch = 2\n");
  const std::vector<std::string> texts = {"a robot", "", "a battery \"quoted\" 电池", "nothing", "a robot"};
  const auto first = encode(texts);
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_EQ(sizes, (std::vector<std::size_t>{2, 1}));  // three different texts
  ASSERT_EQ(first->dimensions, 3);
  const double length = std::sqrt(9.0 + 0.25);
  EXPECT_NEAR(first->row(0)[0], 3.0 / length, 1e-6);
  EXPECT_NEAR(first->row(2)[1], 3.0 / length, 1e-6);
  EXPECT_NEAR(first->row(3)[2], 1.0, 1e-6);
  EXPECT_EQ(first->row(1)[2], 0.0F);
  EXPECT_EQ(first->row(4)[0], first->row(0)[0]);

  std::vector<std::string> more = texts;
  more.push_back("another robot robot");
  const auto second = encode(more);
  ASSERT_TRUE(second);
  EXPECT_EQ(sizes.size(), 3U);  // only the new text went out
  EXPECT_TRUE(std::equal(first->values.begin(), first->values.end(), second->values.begin()));

  // A write that was cut off: the last vector is asked for again, the others are kept.
  for (const auto& entry : fs::directory_iterator(root_ / "ws" / "cache")) {
    if (entry.path().filename().string().starts_with("encoder-")) fs::resize_file(entry.path(), fs::file_size(entry.path()) - 3);
  }
  EXPECT_EQ(encode(more)->values, second->values);
  EXPECT_EQ(sizes.size(), 4U);
  EXPECT_EQ(sizes.back(), 1U);
  EXPECT_EQ(encode(more)->values, second->values);
  EXPECT_EQ(sizes.size(), 4U);
}

TEST_F(Encoder, TriesAgainAndSaysWhatIsWrong) {
  Server busy([](const std::string&, const std::string& body, int number) { return number < 2 ? answer_of(503, "busy") : embed(body); });
  set_encoder("url = \"" + busy.url() + "\"\nmodel = \"toy\"\n");
  EXPECT_TRUE(encode({"robot"}));
  EXPECT_EQ(busy.request_count(), 3);

  const auto error_for = [&](const std::string& body, int status = 200) {
    Server server([&](const std::string&, const std::string&, int) { return answer_of(status, body); });
    set_encoder("url = \"" + server.url() + "\"\nmodel = \"toy\"\ntries = 1\n");
    const auto result = encode({"one", "two"});
    EXPECT_FALSE(result);
    return result ? Error{} : result.error();
  };
  EXPECT_EQ(error_for("no json").kind, ErrorKind::corrupt);
  EXPECT_NE(error_for(R"({"data":[{"index":0,"embedding":[1,2]}]})").message.find("1 vectors for 2 texts"), std::string::npos);
  EXPECT_EQ(error_for(R"({"data":[{"index":0,"embedding":[1,2]},{"index":0,"embedding":[1,2]}]})").kind, ErrorKind::corrupt);
  EXPECT_EQ(error_for(R"({"data":[{"index":0,"embedding":[1,2]},{"index":1,"embedding":[1,2,3]}]})").kind, ErrorKind::corrupt);
  EXPECT_EQ(error_for(R"({"data":[{"index":0,"embedding":[1,"x"]},{"index":1,"embedding":[1,2]}]})").kind, ErrorKind::corrupt);
  EXPECT_EQ(error_for(R"({"data":[{"index":0,"embedding":[0,0]},{"index":1,"embedding":[1,2]}]})").kind, ErrorKind::corrupt);
  const Error refused = error_for("model not found", 404);
  EXPECT_EQ(refused.kind, ErrorKind::invalid_input);
  EXPECT_NE(refused.message.find("model not found"), std::string::npos);
  EXPECT_EQ(error_for("down", 500).kind, ErrorKind::unavailable);
}

TEST_F(Encoder, SettingsThatMeanNothingAreRefusedWithTheirLine) {
  const auto message_of = [&](const std::string& lines) {
    set_encoder(lines);
    const auto settings = encoder_settings(*open_workspace(root_ / "ws"));
    return settings ? std::string() : settings.error().message;
  };
  EXPECT_NE(message_of("url = \"http://127.0.0.1:1/\"\n").find("needs a url and a model"), std::string::npos);
  EXPECT_NE(message_of("url = \"http://127.0.0.1:1/\"\nmodel = \"m\"\ncolour = 3\n").find("jianwei.toml:7: [encoder] has no key \"colour\""), std::string::npos);
  EXPECT_NE(message_of("url = \"ftp://x\"\nmodel = \"m\"\n").find("http"), std::string::npos);
  EXPECT_NE(message_of("url = \"http://127.0.0.1:1/\"\nmodel = \"m\"\nbatch = 0\n").find("1 to 2048"), std::string::npos);
  EXPECT_NE(message_of("url = \"http://example.org/\"\nmodel = \"m\"\nkey_variable = \"K\"\n").find("plain http"), std::string::npos);
  EXPECT_EQ(message_of("url = \"https://example.org/\"\nmodel = \"m\"\nkey_variable = \"JIANWEI_NO_SUCH_KEY\"\n"), "");
  EXPECT_NE(encode({"x"}).error().message.find("JIANWEI_NO_SUCH_KEY"), std::string::npos);
}

TEST_F(Encoder, CarriesEmbeddedTopicsAndDenseSearch) {
  Progress progress;
  Server server([](const std::string&, const std::string& body, int) { return embed(body); });
  Study study;
  study.topic_method = TopicMethod::embedded;
  study.hindcast = false;
  {  // without the setting nothing is asked
    Workspace workspace = writable();
    const auto run = run_study(workspace, study, Depth::full, progress);
    ASSERT_TRUE(run) << run.error().message;
  }
  EXPECT_EQ(server.request_count(), 0);
  set_encoder("url = \"" + server.url() + "\"\nmodel = \"toy\"\n");
  Workspace workspace = writable();
  const auto run = run_study(workspace, study, Depth::full, progress);
  ASSERT_TRUE(run) << run.error().message;
  EXPECT_EQ(server.request_count(), 1);  // sixty records, one batch
  ASSERT_EQ(run->topic_levels.document_topic.size(), 60U);
  for (std::size_t d = 0; d < run->titles.size(); ++d) {  // no topic holds both kinds
    for (std::size_t e = 0; e < d; ++e) {
      if (run->topic_levels.document_topic[d] == run->topic_levels.document_topic[e]) {
        EXPECT_EQ(run->titles[d].starts_with("Soft"), run->titles[e].starts_with("Soft"));
      }
    }
  }
  // "gripper" says to this encoder what "robot" does; the records are known already, the query is asked for.
  SearchOptions options;
  options.method = analysis::RankingMethod::dense;
  options.limit = 30;
  const auto found = search(workspace, "gripper", options, progress);
  ASSERT_TRUE(found) << found.error().message;
  EXPECT_EQ(server.request_count(), 2);
  ASSERT_EQ(found->hits.size(), 30U);
  for (const SearchHit& hit : found->hits) EXPECT_TRUE(hit.title.starts_with("Soft robot")) << hit.title;
}

}  // namespace
}  // namespace jianwei::workflow
