// Throws mutated files at every reader. Built by g++ it brings its own driver; a libFuzzer build (-DJIANWEI_LIBFUZZER) uses
// LLVMFuzzerTestOneInput alone: the first byte chooses the target, the second the variation.
//
//   fuzz_readers [--seconds N] [--iterations N] [--seed S] [--from I] [--target NAME] [--out FOLDER] SEEDS...
//   fuzz_readers --target NAME --replay FILE
//
// Iteration i of a seed is always the same input. On a failure the input and the command that repeats it are written.
#include <fcntl.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "base/file.h"
#include "base/strings.h"
#include "mutate.h"
#include "targets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  jianwei::fuzz::run(data[0] % jianwei::fuzz::targets().size(), data[1], {reinterpret_cast<const char*>(data) + 2, size - 2});
  return 0;
}

#ifndef JIANWEI_LIBFUZZER

extern "C" {
__attribute__((weak)) void __sanitizer_set_death_callback(void (*callback)());
const char* __asan_default_options() { return "hard_rss_limit_mb=3000:quarantine_size_mb=16:abort_on_error=0:handle_abort=1"; }
}

namespace jianwei::fuzz {
namespace {

constexpr int kCpuSecondsPerInput = 20;    // of all threads; sanitizers are slow
constexpr std::size_t kMaxBytes = 1 << 16;

// What is under way, for the handlers of failure; plain data, so that they may touch it.
struct {
  const char* input = nullptr;
  std::size_t size = 0;
  char path[512] = "";
  char command[1024] = "";
} current;

void save_input() {
  if (current.input == nullptr) return;
  const int file = ::open(current.path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (file >= 0) {
    [[maybe_unused]] const auto written = ::write(file, current.input, current.size);
    ::close(file);
  }
  for (const std::string_view text : {std::string_view("\nfailed on "), std::string_view(current.path), std::string_view("\nrepeat it: "), std::string_view(current.command), std::string_view("\n")}) {
    [[maybe_unused]] const auto said = ::write(STDERR_FILENO, text.data(), text.size());
  }
  current.input = nullptr;
}

void on_failure(int signal) {
  if (signal == SIGPROF) {
    constexpr std::string_view kText = "no end: an input takes too long\n";
    [[maybe_unused]] const auto said = ::write(STDERR_FILENO, kText.data(), kText.size());
  }
  save_input();
  ::_exit(1);
}

void watch() {
  std::signal(SIGPROF, on_failure);
  if (__sanitizer_set_death_callback != nullptr) {
    __sanitizer_set_death_callback(save_input);
  } else {
    for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT}) std::signal(signal, on_failure);
  }
}

void run_watched(std::size_t target, std::uint8_t variation, const std::string& input) {
  current.input = input.data();
  current.size = input.size();
  const itimerval limit{{0, 0}, {kCpuSecondsPerInput, 0}};
  ::setitimer(ITIMER_PROF, &limit, nullptr);
  run(target, variation, input);
  const itimerval off{};
  ::setitimer(ITIMER_PROF, &off, nullptr);
  current.input = nullptr;
}

struct Seed {
  std::string name, bytes;
  std::size_t target = 0;
};

struct Options {
  double seconds = 10;
  std::int64_t iterations = INT64_MAX;
  std::int64_t from = 0;
  std::uint64_t seed = 1;
  std::string target, replay, out = ".";
  std::vector<std::string> paths;
};

std::size_t find_target(std::string_view name) {
  for (std::size_t i = 0; i < targets().size(); ++i) {
    if (targets()[i].name == name) return i;
  }
  std::fprintf(stderr, "no target %.*s\n", static_cast<int>(name.size()), name.data());
  std::exit(2);
}

// The files below the paths with the target that recognises each; archives around three of them; a few texts for the small parsers.
std::vector<Seed> load_seeds(const std::vector<std::string>& paths) {
  std::vector<Seed> seeds;
  for (const std::string& path : paths) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
      if (entry.is_regular_file() && entry.file_size() < kMaxBytes) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    for (const auto& file : files) {
      if (const Result<std::string> bytes = read_file(file)) seeds.push_back({file.filename().string(), *bytes, recognise(file.filename().string(), *bytes)});
    }
  }
  const std::size_t file_count = seeds.size();
  for (const std::size_t i : {std::size_t{0}, file_count / 2, file_count - 1}) {
    if (i >= file_count) continue;
    const Seed file = seeds[i];
    for (std::string& archive : wrap_in_archives(file.name, file.bytes)) seeds.push_back({file.name + ".archive", std::move(archive), find_target("open")});
  }
  seeds.push_back({"map", "kind = \"patent\"\ndelimiter = \";\"\n[columns]\n\"题名\" = \"title\"\n\"Inventors\" = { field = \"persons\", separator = \";\", role = \"inventor\" }\n", find_target("mapping")});
  seeds.push_back({"study", "title = \"t\"\nseed = 3\n[records]\nkinds = [\"work\"]\nquery = \"robot\"\nfrom = 2001\nuntil = 2015\n[terms]\nmin_documents = 5\n[topics]\ncount = 20\n[hindcast]\ncutoffs = \"2008:2012\"\n", find_target("study")});
  seeds.push_back({"values", "2019年3月7日\nMar-Apr 2019\n03/07/2019\nhttps://doi.org/10.1000/ABC.\n0000-0002-1825-0097\narXiv:2101.00001v2\nUS 7,123,456 B2\n1234-567X\n978-3-16-148410-0\nW2741809807\nâ€™ &eacute; <i>x</i>\n", find_target("values")});
  seeds.push_back({"state", "{\"cursor\":\"abc\",\"window_from\":\"2020-01-01\",\"window_until\":\"2024\",\"complete\":false,\"page_count\":3,\"record_count\":600,\"etag\":\"\",\"last_modified\":\"\"}", find_target("collect_state")});
  return seeds;
}

int fuzz(const Options& options) {
  const std::vector<Seed> seeds = load_seeds(options.paths);
  if (seeds.size() < 8) {
    std::fprintf(stderr, "no files to begin with: name a folder, e.g. tests/data\n");
    return 2;
  }
  const auto start = std::chrono::steady_clock::now();
  const auto elapsed = [&] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(); };
  std::printf("%zu inputs to begin with, %zu targets, seed %llu\n", seeds.size(), targets().size(), static_cast<unsigned long long>(options.seed));
  std::fflush(stdout);
  std::int64_t i = options.from;
  for (; i - options.from < options.iterations && elapsed() < options.seconds; ++i) {
    Random random(options.seed, static_cast<std::uint64_t>(i));
    const Seed& first = seeds[random.below(static_cast<std::uint32_t>(seeds.size()))];
    const Seed& other = seeds[random.below(static_cast<std::uint32_t>(seeds.size()))];
    std::size_t target = random.below(6) == 0 ? random.below(static_cast<std::uint32_t>(targets().size())) : first.target;
    if (!options.target.empty()) target = find_target(options.target);
    const std::string input = mutate(first.bytes, other.bytes, kMaxBytes, random);
    const auto variation = static_cast<std::uint8_t>(random.below(256));
    std::snprintf(current.path, sizeof current.path, "%s/fuzz-%s-%llu-%lld", options.out.c_str(), targets()[target].name.c_str(), static_cast<unsigned long long>(options.seed), static_cast<long long>(i));
    std::snprintf(current.command, sizeof current.command, "fuzz_readers --target %s --replay %s  (variation %d)", targets()[target].name.c_str(), current.path, variation);
    run_watched(target, variation, input);
  }
  std::printf("%lld inputs in %.1f s, no failure\n", static_cast<long long>(i - options.from), elapsed());
  return 0;
}

int replay(const Options& options) {
  const Result<std::string> bytes = read_file(options.replay);
  if (!bytes) {
    std::fprintf(stderr, "%s\n", bytes.error().message.c_str());
    return 2;
  }
  std::snprintf(current.path, sizeof current.path, "%s.failed", options.replay.c_str());
  for (int variation = 0; variation < 16; ++variation) run_watched(find_target(options.target), static_cast<std::uint8_t>(variation), *bytes);
  std::printf("no failure\n");
  return 0;
}

int main(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view name = argv[i];
    if (!name.starts_with("--")) {
      options.paths.emplace_back(name);
      continue;
    }
    if (i + 1 >= argc) return 2;
    const std::string value = argv[++i];
    if (name == "--seconds") options.seconds = parse_double(value).value_or(10);
    else if (name == "--iterations") options.iterations = parse_int(value).value_or(1);
    else if (name == "--seed") options.seed = static_cast<std::uint64_t>(parse_int(value).value_or(1));
    else if (name == "--from") options.from = parse_int(value).value_or(0);
    else if (name == "--target") options.target = value;
    else if (name == "--replay") options.replay = value;
    else if (name == "--out") options.out = value;
    else return 2;
  }
  watch();
  return options.replay.empty() ? fuzz(options) : replay(options);
}

}  // namespace
}  // namespace jianwei::fuzz

int main(int argc, char** argv) { return jianwei::fuzz::main(argc, argv); }

#endif
