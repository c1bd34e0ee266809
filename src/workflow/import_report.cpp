#include "workflow/import_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/json_writer.h"
#include "base/sentence.h"
#include "products/charts/svg.h"

namespace jianwei::workflow {
namespace {

// Messages in both languages; the import report is the one page that a user sees before any other exists.
struct Phrase {
  std::string_view key, zh, en;
};
constexpr Phrase kPhrases[] = {
    {"title", "导入报告", "Import report"},
    {"file", "文件", "file"},
    {"format", "格式", "format"},
    {"encoding", "编码", "encoding"},
    {"read", "读取", "read"},
    {"kept", "新增", "kept"},
    {"rejected", "拒绝", "rejected"},
    {"updated", "更新", "updated"},
    {"duplicates", "重复", "duplicates"},
    {"total", "合计", "total"},
    {"fill", "字段完整率", "Fields filled"},
    {"warnings", "警告", "Warnings"},
    {"rejects", "被拒绝的记录", "Rejected records"},
    {"corrected", "可改正后重新导入：", "can be corrected and imported again: "},
    {"dry_run", "试运行：未写入任何内容", "dry run: nothing was written"},
    {"record", "记录", "record"},
    {"line", "行", "line"},
    {"snapshot", "快照", "snapshot"},
};

std::string_view phrase(std::string_view key, std::string_view language) {
  for (const Phrase& entry : kPhrases) {
    if (entry.key == key) return language == "zh" ? entry.zh : entry.en;
  }
  return key;
}

std::string field_name(std::string_view field, std::string_view language) { return message(parse_language(language), fmt::format("field.{}", field)); }

double fill_rate(const FileReport& report, std::size_t field) {
  const std::int64_t good = report.read - report.rejected;
  return good > 0 ? static_cast<double>(report.filled[field]) / static_cast<double>(good) : 0.0;
}

void write_counts(JsonWriter& json, const FileReport& report) {
  json.field("read", report.read).field("kept", report.kept).field("rejected", report.rejected);
  json.field("updated", report.updated).field("duplicates", report.duplicates);
  json.key("fields").begin_object();
  for (std::size_t f = 0; f < kReportedFields.size(); ++f) json.field(kReportedFields[f], fill_rate(report, f));
  json.end_object();
}

std::string place(const RejectExample& reject, std::string_view language) {
  std::string text = fmt::format("{} {}", phrase("record", language), reject.index + 1);
  if (reject.line > 0) text += fmt::format(", {} {}", phrase("line", language), reject.line);
  return text;
}

constexpr std::string_view kStyle =
    "body{font:15px/1.5 system-ui,'Noto Sans CJK SC',sans-serif;max-width:72em;margin:2em auto;padding:0 1em;color:#222}"
    "table{border-collapse:collapse;margin:1em 0}td,th{border-bottom:1px solid #ddd;padding:.3em .7em;text-align:right}"
    "td:first-child,th:first-child{text-align:left}.w{color:#9a5b00}.r{color:#a40000}";

}  // namespace

FileReport ImportReport::totals() const {
  FileReport sum;
  for (const FileReport& file : files) {
    sum.byte_count += file.byte_count;
    sum.read += file.read;
    sum.kept += file.kept;
    sum.rejected += file.rejected;
    sum.updated += file.updated;
    sum.duplicates += file.duplicates;
    for (std::size_t f = 0; f < sum.filled.size(); ++f) sum.filled[f] += file.filled[f];
  }
  return sum;
}

std::string to_json(const FileReport& file) {
  JsonWriter json;
  json.begin_object();
  json.field("path", file.path).field("format", file.format).field("encoding", file.encoding).field("checksum", file.checksum);
  write_counts(json, file);
  json.field("failed", file.failed).field("rejects_file", file.rejects_path);
  json.key("rejects").begin_array();
  for (const RejectExample& reject : file.rejects) {
    json.begin_object().field("index", reject.index).field("line", reject.line);
    write_said(json, "reason", reject.reason);
    json.end_object();
  }
  json.end_array().key("warnings").begin_array();
  for (const ImportWarning& warning : file.warnings) {
    json.begin_object().field("code", warning.code);
    write_said(json, "message", warning.message);
    json.field("count", warning.count).end_object();
  }
  json.end_array().end_object();
  return std::move(json).text();
}

std::string to_json(const ImportReport& report) {
  JsonWriter json;
  json.begin_object().key("files").begin_array();
  for (const FileReport& file : report.files) json.raw(to_json(file));
  json.end_array().key("totals").begin_object();
  write_counts(json, report.totals());
  json.end_object();
  json.field("batch", report.batch_id).field("dry_run", report.dry_run).field("snapshot", report.snapshot_id);
  json.field("records", report.snapshot_record_count).end_object();
  return std::move(json).text();
}

std::string to_text(const ImportReport& report, std::string_view language) {
  std::string out;
  const auto row = [&](const FileReport& file, std::string_view name) {
    out += fmt::format("{:>9} {:>9} {:>8} {:>8} {:>10}  {:<14} {:<9} {}\n", file.read, file.kept, file.rejected, file.updated, file.duplicates,
                       file.format, file.encoding, name);
  };
  out += fmt::format("{:>9} {:>9} {:>8} {:>8} {:>10}  {:<14} {:<9} {}\n", phrase("read", language), phrase("kept", language),
                     phrase("rejected", language), phrase("updated", language), phrase("duplicates", language), phrase("format", language),
                     phrase("encoding", language), phrase("file", language));
  for (const FileReport& file : report.files) row(file, file.path);
  if (report.files.size() > 1) row(report.totals(), phrase("total", language));
  const FileReport totals = report.totals();
  if (totals.read > totals.rejected) {
    out += fmt::format("\n{}:", phrase("fill", language));
    for (std::size_t f = 0; f < kReportedFields.size(); ++f) {
      if (totals.filled[f] > 0) out += fmt::format(" {} {:.0f}%", field_name(kReportedFields[f], language), fill_rate(totals, f) * 100);
    }
    out += '\n';
  }
  for (const FileReport& file : report.files) {
    for (const ImportWarning& warning : file.warnings) {
      out += fmt::format("! {}: {}{}\n", file.path, say(parse_language(language), warning.message), warning.count > 1 ? fmt::format(" (x{})", warning.count) : "");
    }
    for (std::size_t i = 0; i < std::min<std::size_t>(3, file.rejects.size()); ++i) {
      out += fmt::format("x {}: {}: {}\n", file.path, place(file.rejects[i], language), say(parse_language(language), file.rejects[i].reason));
    }
    if (!file.rejects_path.empty()) out += fmt::format("  {}{}\n", phrase("corrected", language), file.rejects_path);
  }
  if (report.dry_run) out += fmt::format("{}\n", phrase("dry_run", language));
  return out;
}

std::string to_html(const ImportReport& report, std::string_view language) {
  std::string out = fmt::format("<!DOCTYPE html><html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title><style>{}</style></head><body><h1>{}</h1>\n",
                                language == "zh" ? "zh" : "en", phrase("title", language), kStyle, phrase("title", language));
  if (report.dry_run) out += fmt::format("<p>{}</p>", phrase("dry_run", language));
  if (!report.snapshot_id.empty()) out += fmt::format("<p>{}: {}</p>", phrase("snapshot", language), report.snapshot_id);
  out += "<table><tr>";
  for (const std::string_view key : {"file", "format", "encoding", "read", "kept", "rejected", "updated", "duplicates"}) {
    out += fmt::format("<th>{}</th>", phrase(key, language));
  }
  out += "</tr>\n";
  const auto row = [&](const FileReport& file, std::string_view name) {
    out += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n", products::escape_xml(name),
                       file.format, file.encoding, file.read, file.kept, file.rejected, file.updated, file.duplicates);
  };
  for (const FileReport& file : report.files) row(file, file.path);
  row(report.totals(), phrase("total", language));
  out += fmt::format("</table>\n<h2>{}</h2><table><tr><th>{}</th>", phrase("fill", language), phrase("file", language));
  for (const std::string_view field : kReportedFields) out += fmt::format("<th>{}</th>", field_name(field, language));
  out += "</tr>\n";
  for (const FileReport& file : report.files) {
    out += fmt::format("<tr><td>{}</td>", products::escape_xml(file.path));
    for (std::size_t f = 0; f < kReportedFields.size(); ++f) out += fmt::format("<td>{:.0f}%</td>", fill_rate(file, f) * 100);
    out += "</tr>\n";
  }
  out += fmt::format("</table>\n<h2>{}</h2><ul class=\"w\">\n", phrase("warnings", language));
  for (const FileReport& file : report.files) {
    for (const ImportWarning& warning : file.warnings) {
      out += fmt::format("<li>{}: {} ({})</li>\n", products::escape_xml(file.path), products::escape_xml(say(parse_language(language), warning.message)), warning.count);
    }
  }
  out += fmt::format("</ul>\n<h2>{}</h2><ul class=\"r\">\n", phrase("rejects", language));
  for (const FileReport& file : report.files) {
    for (const RejectExample& reject : file.rejects) {
      out += fmt::format("<li>{}, {}: {}</li>\n", products::escape_xml(file.path), place(reject, language), products::escape_xml(say(parse_language(language), reject.reason)));
    }
    if (!file.rejects_path.empty()) out += fmt::format("<li>{}{}</li>\n", phrase("corrected", language), products::escape_xml(file.rejects_path));
  }
  return out + "</ul></body></html>\n";
}

}  // namespace jianwei::workflow
