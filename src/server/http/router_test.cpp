#include "server/http/router.h"

#include <gtest/gtest.h>

namespace jianwei::server {
namespace {

Handler named(std::string name) {
  return [name](const Request&) -> Result<Response> { return json_response(name); };
}

std::string found(const Router& router, Method method, std::string_view path) {
  const Router::Match match = router.find(method, path);
  if (match.route == nullptr) return match.path_known ? "other method" : "nothing";
  std::string text = match.route->handler(Request{})->body;
  for (const auto& [name, value] : match.parameters) text += " " + name + "=" + value;
  return text;
}

TEST(Router, PrefersLiteralsWhateverTheOrder) {
  Router router;
  router.get("/t/{id}", kReaders, named("topic"));
  router.get("/t/history", kReaders, named("history"));
  router.get("/t/{id}/documents", kReaders, named("documents"));
  router.remove("/t/{id}", kReaders, named("delete"));
  EXPECT_EQ(found(router, Method::get, "/t/history"), "history");
  EXPECT_EQ(found(router, Method::get, "/t/7"), "topic id=7");
  EXPECT_EQ(found(router, Method::get, "/t/history/documents"), "documents id=history");
  EXPECT_EQ(found(router, Method::remove, "/t/history"), "delete id=history");
}

TEST(Router, TellsWrongMethodFromWrongPath) {
  Router router;
  router.get("/a/{x}", kReaders, named("a"));
  EXPECT_EQ(found(router, Method::post, "/a/1"), "other method");
  EXPECT_EQ(found(router, Method::get, "/a"), "nothing");
  EXPECT_EQ(found(router, Method::get, "/a/"), "nothing");
  EXPECT_EQ(found(router, Method::get, "/a/1/"), "nothing");
}

TEST(Message, DecodesPercentsAndRefusesBrokenOnes) {
  EXPECT_EQ(percent_decode("a%20b%E8%A7%81", false), "a b见");
  EXPECT_EQ(percent_decode("a+b", true), "a b");
  EXPECT_EQ(percent_decode("a+b", false), "a+b");
  EXPECT_EQ(percent_decode("%zz", false), std::nullopt);
  EXPECT_EQ(percent_decode("%4", false), std::nullopt);
  EXPECT_EQ(percent_decode("a%00b", false), std::nullopt);
  const Fields query = parse_query("q=a%26b&flag&x=1=2");
  ASSERT_EQ(query.size(), 3u);
  EXPECT_EQ(query[0].second, "a&b");
  EXPECT_EQ(query[1].second, "");
  EXPECT_EQ(query[2].second, "1=2");
}

TEST(Message, ReadsCookiesAndNumbers) {
  Request request;
  request.headers = {{"cookie", "other=1; jianwei_session=secret; last=3"}};
  EXPECT_EQ(request.cookie("jianwei_session"), "secret");
  EXPECT_EQ(request.cookie("session"), "");
  request.query = {{"limit", "12"}, {"bad", "12x"}, {"empty", ""}};
  EXPECT_EQ(request.query_integer("limit", 5, 1, 100).value(), 12);
  EXPECT_EQ(request.query_integer("empty", 5, 1, 100).value(), 5);
  EXPECT_EQ(request.query_integer("bad", 5, 1, 100).error().kind, ErrorKind::invalid_input);
  EXPECT_EQ(request.query_integer("limit", 5, 1, 11).error().kind, ErrorKind::invalid_input);
}

}  // namespace
}  // namespace jianwei::server
