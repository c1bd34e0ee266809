// HTML is written here; PDF is the HTML printed by a browser; DOCX is the plain form turned by pandoc; PPTX is our own. Figures stay vectors in all.
#include <unistd.h>

#include <filesystem>

#include "base/file.h"
#include "base/program.h"
#include "base/share.h"
#include "workflow/report/report.h"

namespace jianwei::workflow {
namespace {

namespace fs = std::filesystem;

// A folder that goes when the work is done.
class WorkFolder {
 public:
  static Result<WorkFolder> make() {
    std::string pattern = (fs::temp_directory_path() / "jianwei-report-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) return fail(ErrorKind::unavailable, "no temporary folder can be made in {}", fs::temp_directory_path().string());
    return WorkFolder(pattern);
  }
  explicit WorkFolder(fs::path path) : path_(std::move(path)) {}
  WorkFolder(WorkFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  WorkFolder& operator=(WorkFolder&&) = delete;
  ~WorkFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

Result<> run_checked(const std::vector<std::string>& arguments, const fs::path& folder) {
  const ProgramOutput output = TRY(run_program(arguments, {.timeout = std::chrono::seconds(300), .folder = folder}));
  if (output.exit_code != 0) return fail(ErrorKind::unavailable, "{} has failed: {}", arguments.front(), output.err);
  return {};
}

Result<> move_into_place(const fs::path& from, const fs::path& to) {
  const std::string bytes = TRY(read_file(from));
  if (bytes.empty()) return fail(ErrorKind::unavailable, "{}: the converter wrote an empty file", to.string());
  return write_file_atomically(to, bytes);
}

Result<> write_pdf(const std::string& html, const fs::path& path) {
  const WorkFolder folder = TRY(WorkFolder::make());
  TRY(write_file_atomically(folder.path() / "report.html", html));
  const std::string browser = find_program({"chromium", "chromium-browser", "google-chrome"});
  if (!browser.empty()) {
    std::vector<std::string> arguments = {browser, "--headless", "--disable-gpu", "--no-pdf-header-footer", "--disable-dev-shm-usage",
                                          "--user-data-dir=" + (folder.path() / "profile").string(), "--print-to-pdf=" + (folder.path() / "report.pdf").string()};
    // The page holds no foreign content; Chromium refuses to run as root with its sandbox.
    if (::geteuid() == 0) arguments.emplace_back("--no-sandbox");
    arguments.push_back("file://" + (folder.path() / "report.html").string());
    TRY(run_checked(arguments, folder.path()));
  } else if (!find_program({"weasyprint"}).empty()) {
    TRY(run_checked({"weasyprint", "report.html", "report.pdf"}, folder.path()));
  } else {
    return fail(ErrorKind::unavailable, "{}: PDF needs chromium or weasyprint; install one (apt-get install chromium) or write .html", path.string());
  }
  return move_into_place(folder.path() / "report.pdf", path);
}

// The figures as files figure1.svg, figure1.png, ... in the folder; their names without the ending.
Result<std::vector<std::string>> draw_figures(const products::Report& report, const fs::path& folder) {
  std::vector<std::string> names;
  for (const std::string& svg : products::figure_svgs(report)) {
    names.push_back(fmt::format("figure{}", names.size() + 1));
    TRY(write_file_atomically(folder / (names.back() + ".svg"), svg));
    TRY(run_checked({"rsvg-convert", "--zoom", "2", "-o", names.back() + ".png", names.back() + ".svg"}, folder));
  }
  return names;
}

Result<> need_programs(const fs::path& path, const char* format, std::initializer_list<const char*> programs) {
  for (const char* program : programs) {
    if (find_program({program}).empty()) {
      return fail(ErrorKind::unavailable, "{}: {} needs {}; install it (apt-get install pandoc librsvg2-bin) or write .html", path.string(), format, program);
    }
  }
  return {};
}

Result<> write_pptx(const products::Report& report, Language language, const fs::path& path) {
  TRY(need_programs(path, "PPTX", {"rsvg-convert"}));
  const WorkFolder folder = TRY(WorkFolder::make());
  std::vector<std::string> pngs;
  for (const std::string& name : TRY(draw_figures(report, folder.path()))) pngs.push_back(TRY(read_file(folder.path() / (name + ".png"))));
  return write_file_atomically(path, products::render_pptx(report, frame_words(language), pngs));
}

Result<> write_docx(const products::Report& report, Language language, const fs::path& path) {
  const fs::path reference = TRY(share_file("report_reference.docx"));
  TRY(need_programs(path, "DOCX", {"pandoc", "rsvg-convert"}));
  const WorkFolder folder = TRY(WorkFolder::make());
  // pandoc keeps each drawing as it is and adds a picture of it for older programs.
  std::vector<std::string> files;
  for (const std::string& name : TRY(draw_figures(report, folder.path()))) files.push_back(name + ".svg");
  TRY(write_file_atomically(folder.path() / "report.html", products::render_plain_html(report, frame_words(language), files)));
  TRY(run_checked({"pandoc", "-f", "html", "-t", "docx", "--reference-doc", reference.string(), "-o", "report.docx", "report.html"}, folder.path()));
  return move_into_place(folder.path() / "report.docx", path);
}

}  // namespace

Result<> write_report(const products::Report& report, Language language, const fs::path& path, Progress& progress) {
  progress.begin("report");
  const std::string ending = path.extension().string();
  if (ending == ".html" || ending == ".htm") return write_file_atomically(path, products::render_html(report, frame_words(language)));
  if (ending == ".pdf") return write_pdf(products::render_html(report, frame_words(language), products::Medium::print), path);
  if (ending == ".docx") return write_docx(report, language, path);
  if (ending == ".pptx") return write_pptx(report, language, path);
  return fail(ErrorKind::invalid_input, "{}: reports are written as .html, .pdf, .docx or .pptx", path.string());
}

}  // namespace jianwei::workflow
