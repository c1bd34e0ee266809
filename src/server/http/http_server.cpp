// RESTinio behind HttpServer.
//
// A request is copied into a plain Request on an io thread and queued for the handler pool; the answer is handed back to RESTinio, which
// writes it on the connection's io thread. An event stream is a chunked response that stays open; a write that fails, or too many bytes that
// the peer does not take, closes it. Stopping goes from the outside in: acceptor, handlers, streams, pending writes, io threads.
#include "server/http/http_server.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <future>
#include <list>
#include <mutex>
#include <restinio/all.hpp>
#include <thread>

#include "base/strings.h"
#include "server/http/handler_pool.h"

namespace jianwei::server {
namespace {

struct Traits : restinio::default_traits_t {
  static constexpr bool use_connection_count_limiter = true;
};
using Restinio = restinio::http_server_t<Traits>;
using Handle = restinio::request_handle_t;

// A peer that lets more than this pile up is dropped; it comes back with Last-Event-ID.
constexpr std::int64_t kMaxPendingBytes = std::int64_t{1} << 20;

class Stream final : public EventStream {
 public:
  explicit Stream(restinio::response_builder_t<restinio::chunked_output_t> response) : response_(std::move(response)) {}

  void send(std::string text) override {
    const std::lock_guard lock(mutex_);
    if (closed()) return;
    const auto size = static_cast<std::int64_t>(text.size());
    if (state_->pending.fetch_add(size) + size > kMaxPendingBytes) {
      finish();
      return;
    }
    try {
      response_.append_chunk(restinio::writable_item_t(std::move(text)));
      response_.flush([state = state_, size](const auto& error) {
        state->pending.fetch_sub(size);
        if (error) state->closed = true;
      });
    } catch (const std::exception&) {
      state_->closed = true;
    }
  }

  void close() override {
    const std::lock_guard lock(mutex_);
    if (!closed()) finish();
  }

  bool closed() const override { return state_->closed; }

 private:
  // What write notifications reach although the stream may be gone.
  struct State {
    std::atomic<bool> closed = false;
    std::atomic<std::int64_t> pending = 0;
  };

  void finish() {
    state_->closed = true;
    try {
      response_.done();
    } catch (const std::exception&) {  // the connection is gone already
    }
  }

  std::shared_ptr<State> state_ = std::make_shared<State>();
  std::mutex mutex_;  // protects response_
  restinio::response_builder_t<restinio::chunked_output_t> response_;
};

std::optional<Method> method_of(restinio::http_method_id_t id, bool& head) {
  head = id == restinio::http_method_head();
  if (head || id == restinio::http_method_get()) return Method::get;
  if (id == restinio::http_method_post()) return Method::post;
  if (id == restinio::http_method_put()) return Method::put;
  if (id == restinio::http_method_patch()) return Method::patch;
  if (id == restinio::http_method_delete()) return Method::remove;
  return std::nullopt;
}

// The request as a value, or the problem that makes it none.
tl::expected<Request, Response> read_request(const Handle& handle, bool trust_proxy) {
  Request request;
  const auto method = method_of(handle->header().method(), request.head);
  if (!method) return tl::unexpected(problem(405, "method_not_allowed", "known methods are GET, HEAD, POST, PUT, PATCH and DELETE"));
  request.method = *method;
  const auto raw_path = handle->header().path();
  const auto path = percent_decode({raw_path.data(), raw_path.size()}, false);
  if (!path || path->empty() || path->front() != '/') return tl::unexpected(problem(400, "invalid_input", "the path is not percent-encoded as it should be"));
  request.path = *path;
  const auto raw_query = handle->header().query();
  request.query = parse_query({raw_query.data(), raw_query.size()});
  handle->header().for_each_field([&](const auto& field) {
    request.headers.emplace_back(to_lower_ascii(field.name()), std::string(field.value()));
  });
  request.body = handle->body();
  request.address = handle->remote_endpoint().address().to_string();
  const std::string_view forwarded = request.header("x-forwarded-for");
  request.forwarded = !forwarded.empty() || !request.header("forwarded").empty();
  if (trust_proxy && !forwarded.empty()) request.address = std::string(trim(split(forwarded, ",").back()));
  return request;
}

class RestinioServer final : public HttpServer {
 public:
  RestinioServer(const HttpOptions& options, Answer answer)
      : options_(options), answer_(std::move(answer)), context_(options.io_threads), handlers_(options.handler_threads, options.max_waiting) {}

  ~RestinioServer() override { stop(); }

  Result<> open() {
    std::promise<std::string> opened;
    try {
      server_ = std::make_unique<Restinio>(restinio::external_io_context(context_), [this](auto& settings) { configure(settings); });
      server_->open_async([&opened]() noexcept { opened.set_value(""); },
                          [&opened](std::exception_ptr failure) noexcept {
                            try {
                              std::rethrow_exception(failure);
                            } catch (const std::exception& error) {
                              opened.set_value(error.what());
                            }
                          });
    } catch (const std::exception& error) {
      return fail(ErrorKind::unavailable, "{}:{} cannot be listened on: {}", options_.address, options_.port, error.what());
    }
    for (int i = 0; i < options_.io_threads; ++i) threads_.emplace_back([this] { context_.run(); });
    const std::string problem_text = opened.get_future().get();
    if (!problem_text.empty()) return fail(ErrorKind::unavailable, "{}:{} cannot be listened on: {}; choose another with --listen", options_.address, options_.port, problem_text);
    open_ = true;
    return {};
  }

  std::uint16_t port() const override { return port_; }

  void stop() override {
    if (open_.exchange(false)) {
      std::promise<void> closed;
      server_->close_async([&closed]() noexcept { closed.set_value(); }, [&closed](std::exception_ptr) noexcept { closed.set_value(); });
      closed.get_future().wait();
    }
    stopping_ = true;
    handlers_.stop();
    {
      const std::lock_guard lock(streams_mutex_);
      for (const std::weak_ptr<Stream>& stream : streams_) {
        if (const auto open = stream.lock()) open->close();
      }
      streams_.clear();
    }
    for (int i = 0; i < 300 && *writing_ > 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    std::this_thread::sleep_for(std::chrono::milliseconds(20));  // the last chunks of streams
    work_.reset();
    context_.stop();
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
  }

 private:
  void configure(restinio::server_settings_t<Traits>& settings) {
    settings.address(options_.address)
        .port(options_.port)
        .protocol(options_.address.find(':') == std::string::npos ? restinio::asio_ns::ip::tcp::v4() : restinio::asio_ns::ip::tcp::v6())
        .concurrent_accepts_count(static_cast<std::size_t>(options_.io_threads))
        .max_parallel_connections(options_.max_connections)
        .separate_accept_and_create_connect(false)
        .read_next_http_message_timelimit(std::chrono::seconds(120))
        .write_http_response_timelimit(std::chrono::seconds(120))
        .handle_request_timeout(std::chrono::hours(24))  // global in RESTinio, and event streams are open for long
        .incoming_http_msg_limits(restinio::incoming_http_msg_limits_t().max_url_size(16384).max_field_name_size(256).max_field_value_size(16384).max_field_count(100).max_body_size(options_.max_body_bytes))
        .acceptor_options_setter([](auto& acceptor) { acceptor.set_option(restinio::asio_ns::ip::tcp::acceptor::reuse_address(true)); })
        .acceptor_post_bind_hook([this](restinio::asio_ns::ip::tcp::acceptor& acceptor) { port_ = acceptor.local_endpoint().port(); })
        .request_handler([this](Handle handle) { return take(std::move(handle)); });
  }

  // On an io thread.
  restinio::request_handling_status_t take(Handle handle) {
    auto request = read_request(handle, options_.trust_proxy);
    if (!request) {
      write(handle, std::move(request.error()), false);
      return restinio::request_accepted();
    }
    const bool head = request->head;
    auto shared = std::make_shared<Request>(std::move(*request));
    const bool taken = handlers_.submit([this, handle, shared, head] { write(handle, answer_(std::move(*shared)), head); });
    if (!taken) {
      Response busy = problem(503, "unavailable", stopping_ ? "the server is stopping" : "too many requests are waiting; try again in a moment");
      busy.headers.emplace_back("Retry-After", "2");
      write(handle, std::move(busy), head);
    }
    return restinio::request_accepted();
  }

  template <class Builder>
  void set_head(Builder& builder, const Response& response) {
    if (!response.content_type.empty()) builder.append_header(restinio::http_field::content_type, response.content_type);
    for (const auto& [name, value] : response.headers) builder.append_header(name, value);
    if (stopping_) builder.connection_close();
  }

  void write(const Handle& handle, Response response, bool head) {
    const restinio::http_status_line_t status(restinio::http_status_code_t(static_cast<std::uint16_t>(response.status)), std::string(status_text(response.status)));
    try {
      if (response.on_stream && !head) {
        auto builder = handle->create_response<restinio::chunked_output_t>(status);
        set_head(builder, response);
        auto stream = std::make_shared<Stream>(std::move(builder));
        remember(stream);
        response.on_stream(stream);
        return;
      }
      writing_->fetch_add(1);
      auto builder = handle->create_response<restinio::user_controlled_output_t>(status);
      set_head(builder, response);
      const std::size_t size = response.shared_body ? response.shared_body->size() : response.body.size();
      builder.set_content_length(size);
      if (!head && size > 0) {
        if (response.shared_body) {
          builder.set_body(restinio::writable_item_t(std::move(response.shared_body)));
        } else {
          builder.set_body(restinio::writable_item_t(std::move(response.body)));
        }
      }
      builder.done([writing = writing_](const auto&) { writing->fetch_sub(1); });
    } catch (const std::exception&) {  // the connection is gone
    }
  }

  void remember(const std::shared_ptr<Stream>& stream) {
    const std::lock_guard lock(streams_mutex_);
    streams_.remove_if([](const std::weak_ptr<Stream>& old) { return old.expired(); });
    streams_.push_back(stream);
  }

  const HttpOptions options_;
  const Answer answer_;
  restinio::asio_ns::io_context context_;
  std::optional<restinio::asio_ns::executor_work_guard<restinio::asio_ns::io_context::executor_type>> work_{context_.get_executor()};
  std::unique_ptr<Restinio> server_;
  HandlerPool handlers_;
  std::vector<std::thread> threads_;
  std::atomic<bool> open_ = false, stopping_ = false;
  std::atomic<std::uint16_t> port_ = 0;
  const std::shared_ptr<std::atomic<int>> writing_ = std::make_shared<std::atomic<int>>(0);
  std::mutex streams_mutex_;
  std::list<std::weak_ptr<Stream>> streams_;  // protected by streams_mutex_
};

}  // namespace

Result<std::unique_ptr<HttpServer>> HttpServer::start(const HttpOptions& options, Answer answer) {
  auto server = std::make_unique<RestinioServer>(options, std::move(answer));
  TRY(server->open());
  return std::unique_ptr<HttpServer>(std::move(server));
}

}  // namespace jianwei::server
