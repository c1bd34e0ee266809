// Random access by index: each property of a work is drawn from its own stream (seed, 8 * index + property), so that a citing work can
// read the title of a cited one without keeping it.
//
// Trends: an emerging topic's share follows a logistic S-curve, peak / (1 + exp(-(y - start - 3) / 1.2)), a fading one the mirrored curve.
#include "analysis/synthetic/synthetic.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "analysis/synthetic/words.h"

namespace jianwei::analysis {
namespace {

enum Stream : std::uint64_t { stream_topic, stream_text, stream_authors, stream_references, stream_grants, stream_copies };
constexpr std::uint64_t kStreams = 8;
constexpr std::int32_t kBackgroundTerms = 1500;  // of 48 * 48 possible pairs of Chinese morphemes
constexpr std::int32_t kTermsPerTopic = 14;

Random stream_of(const SyntheticOptions& options, std::int64_t index, Stream stream) {
  return Random(options.seed, static_cast<std::uint64_t>(index) * kStreams + stream + 1000);
}

std::size_t draw(Random& random, const std::vector<double>& cumulative) {
  const double u = random.uniform() * cumulative.back();
  return static_cast<std::size_t>(std::upper_bound(cumulative.begin(), cumulative.end() - 1, u) - cumulative.begin());
}

}  // namespace

Result<SyntheticCorpus> SyntheticCorpus::make(const SyntheticOptions& options) {
  if (options.work_count < 1 || options.work_count > 10'000'000) return fail(ErrorKind::invalid_input, "work_count must lie in 1 to 10 000 000, is {}", options.work_count);
  if (options.last_year < options.first_year || options.last_year - options.first_year > 200) return fail(ErrorKind::invalid_input, "years {} to {} are no range", options.first_year, options.last_year);
  if (options.emerging_count < 0 || options.fading_count < 0 || options.emerging_count + options.fading_count >= options.topic_count) {
    return fail(ErrorKind::invalid_input, "{} topics hold no {} emerging and {} fading ones beside a steady one", options.topic_count, options.emerging_count, options.fading_count);
  }
  if (options.community_count < 1 || options.burst_count < 0 || options.weak_signal_count < 0) return fail(ErrorKind::invalid_input, "counts of communities and signals must not be negative");
  return SyntheticCorpus(options);
}

SyntheticCorpus::SyntheticCorpus(const SyntheticOptions& options) : options_(options) {
  plan_vocabulary();
  double works = 1.0;
  double sum = 0.0;
  for (int year = options.first_year; year <= options.last_year; ++year) {
    year_cumulative_.push_back(sum += works);
    works *= 1 + options.yearly_growth;
    std::vector<double> shares;
    double total = 0.0;
    for (std::size_t t = 0; t < plan_.topics.size(); ++t) {
      const SyntheticTopic& topic = plan_.topics[t];
      const double steady = 1.0 / std::sqrt(static_cast<double>(t) + 2.0);
      const double curve = 1.0 / (1.0 + std::exp(-(year - topic.start_year - 3) / 1.2));
      const double weight = topic.trend == TopicTrend::emerging ? 0.01 + 0.7 * curve : topic.trend == TopicTrend::fading ? 0.02 + 0.7 * (1.0 - curve) : steady;
      shares.push_back(total += weight);
    }
    topic_cumulative_.push_back(std::move(shares));
  }
}

void SyntheticCorpus::plan_vocabulary() {
  WordMaker words(options_.seed);
  Random random(options_.seed, 7);
  for (std::int32_t i = 0; i < kBackgroundTerms; ++i) {
    background_.push_back(words.term(1));
    background_cumulative_.push_back((i == 0 ? 0.0 : background_cumulative_.back()) + 1.0 / (i + 2.7));
  }
  const int span = options_.last_year - options_.first_year;
  for (std::int32_t t = 0; t < options_.topic_count; ++t) {
    SyntheticTopic topic;
    for (std::int32_t i = 0; i < kTermsPerTopic; ++i) topic.terms.push_back(words.term(2));
    // Steady topics come first, so that the largest are steady.
    const std::int32_t from_end = options_.topic_count - 1 - t;
    if (from_end < options_.emerging_count) {
      topic.trend = TopicTrend::emerging;
      topic.start_year = static_cast<std::int16_t>(options_.first_year + span / 3 + static_cast<int>(random.below(static_cast<std::uint32_t>(span / 3 + 1))));
    } else if (from_end < options_.emerging_count + options_.fading_count) {
      topic.trend = TopicTrend::fading;
      topic.start_year = static_cast<std::int16_t>(options_.first_year + span / 4 + static_cast<int>(random.below(static_cast<std::uint32_t>(span / 3 + 1))));
    }
    plan_.topics.push_back(std::move(topic));
  }
  const auto steady = static_cast<std::uint32_t>(options_.topic_count - options_.emerging_count - options_.fading_count);
  for (std::int32_t i = 0; i < options_.burst_count; ++i) {
    const int first = options_.first_year + 1 + static_cast<int>(random.below(static_cast<std::uint32_t>(std::max(1, span - 4))));
    const int last = std::min<int>(options_.last_year, first + 1 + static_cast<int>(random.below(3)));
    plan_.bursts.push_back({words.term(2), static_cast<std::int32_t>(random.below(steady)), static_cast<std::int16_t>(first), static_cast<std::int16_t>(last)});
  }
  for (std::int32_t i = 0; i < options_.weak_signal_count; ++i) {
    const int first = std::max<int>(options_.first_year, options_.last_year - 4);
    plan_.weak_signals.push_back({words.term(2), static_cast<std::int32_t>(random.below(steady)), static_cast<std::int16_t>(first), options_.last_year});
  }
}

std::int16_t SyntheticCorpus::year_of(std::int64_t index) const {
  const double place = (static_cast<double>(index) + 0.5) / static_cast<double>(options_.work_count) * year_cumulative_.back();
  const auto year = std::lower_bound(year_cumulative_.begin(), year_cumulative_.end() - 1, place) - year_cumulative_.begin();
  return static_cast<std::int16_t>(options_.first_year + year);
}

std::int32_t SyntheticCorpus::topic_of(std::int64_t index) const {
  Random random = stream_of(options_, index, stream_topic);
  return static_cast<std::int32_t>(draw(random, topic_cumulative_[static_cast<std::size_t>(year_of(index) - options_.first_year)]));
}

std::int32_t SyntheticCorpus::authors_per_community() const {
  return static_cast<std::int32_t>(20 + options_.work_count / (4 * options_.community_count));
}

std::string SyntheticCorpus::author_name(std::int32_t community, std::int32_t author) const {
  return made_up_person(options_.seed, static_cast<std::uint64_t>(community) << 32 | static_cast<std::uint64_t>(author), community % 2 == 0);
}

// Terms of the topic, now and then a background one, and the planted signals of the topic; joined into a sentence of the language.
std::string SyntheticCorpus::sentence(Random& random, std::int32_t topic_index, std::int16_t year, bool chinese, int term_count) const {
  const SyntheticTopic& topic = plan_.topics[static_cast<std::size_t>(topic_index)];
  std::vector<const SyntheticTerm*> terms;
  for (int i = 0; i < term_count; ++i) {
    const bool own = i == 0 || random.uniform() < 0.45;
    // Inside a topic the first terms are the frequent ones.
    const auto rank = static_cast<std::size_t>(kTermsPerTopic * random.uniform() * random.uniform());
    terms.push_back(own ? &topic.terms[rank] : &background_[draw(random, background_cumulative_)]);
  }
  for (const SyntheticSignal& burst : plan_.bursts) {
    const double share = year >= burst.first_year && year <= burst.last_year ? 0.25 : 0.004;
    if (burst.topic == topic_index && random.uniform() < share) terms.push_back(&burst.term);
  }
  for (const SyntheticSignal& signal : plan_.weak_signals) {
    const double share = year < signal.first_year ? 0.0 : 0.01 * (1 + year - signal.first_year);
    if (signal.topic == topic_index && random.uniform() < share) terms.push_back(&signal.term);
  }
  return join_terms(random, terms, chinese);
}

std::vector<std::int64_t> SyntheticCorpus::cited_works(std::int64_t index) const {
  std::vector<std::int64_t> cited;
  if (index < 10) return cited;
  Random random = stream_of(options_, index, stream_references);
  const std::int32_t topic = topic_of(index);
  const int wanted = 3 + static_cast<int>(random.below(8));
  for (int i = 0; i < wanted; ++i) {
    // Recent works are cited more: the square of a uniform number looks back; most references stay in the topic.
    std::int64_t found = -1;
    const bool same_topic = random.uniform() < 0.85;
    for (int attempt = 0; attempt < (same_topic ? 40 : 1); ++attempt) {
      const double u = random.uniform();
      found = index - 1 - static_cast<std::int64_t>(u * u * static_cast<double>(index - 1));
      if (!same_topic || topic_of(found) == topic) break;
    }
    cited.push_back(found);
  }
  std::sort(cited.begin(), cited.end());
  cited.erase(std::unique(cited.begin(), cited.end()), cited.end());
  return cited;
}

std::int64_t SyntheticCorpus::grant_count() const { return 1 + options_.work_count / 20; }

std::string SyntheticCorpus::grant_number(std::int64_t index) const {
  return index % 2 == 0 ? fmt::format("61{:06}", index) : fmt::format("{:07}", 1'500'000 + index);
}

Record SyntheticCorpus::grant(std::int64_t index) const {
  Random random(options_.seed, static_cast<std::uint64_t>(index) * kStreams + 700);
  const auto community = static_cast<std::int32_t>(index % options_.community_count);
  const auto topic = static_cast<std::int32_t>(random.below(static_cast<std::uint32_t>(options_.topic_count)));
  const bool chinese = index % 2 == 0;
  Record record;
  record.kind = RecordKind::project;
  record.type = "grant";
  record.language = chinese ? "zh" : "en";
  record.date.year = static_cast<std::int16_t>(options_.first_year + static_cast<int>(random.below(static_cast<std::uint32_t>(options_.last_year - options_.first_year + 1))));
  record.title = sentence(random, topic, record.date.year, chinese, 4);
  record.persons.push_back({.name = author_name(community, 0), .family = "", .given = "", .role = "investigator", .orcid = "", .source_id = "", .organisations = {}});
  record.funding.push_back({chinese ? "National Natural Science Foundation of China" : "National Science Foundation", grant_number(index)});
  record.identifiers.push_back({"grant", grant_number(index)});
  record.publisher = "synthetic";
  record.provenance.source = "synthetic";
  record.provenance.own_id = grant_number(index);
  return record;
}

Record SyntheticCorpus::core(std::int64_t index, bool with_references) const {
  Random text = stream_of(options_, index, stream_text);
  const std::int32_t topic = topic_of(index);
  const std::int16_t year = year_of(index);
  const bool chinese = text.uniform() < options_.chinese_share;
  Record record;
  record.type = "article";
  record.language = chinese ? "zh" : "en";
  record.date = {year, static_cast<std::int8_t>(1 + text.below(12)), 0};
  record.title = sentence(text, topic, year, chinese, 4);
  record.venue = fmt::format("Synthetic Journal of {}", title_case(plan_.topics[static_cast<std::size_t>(topic)].terms[0].en));
  record.volume = std::to_string(year - options_.first_year + 1);
  record.issue = std::to_string(1 + text.below(12));
  const std::uint32_t page = 2 + text.below(900);
  record.pages = fmt::format("{}-{}", page, page + 4 + text.below(12));
  record.publisher = "synthetic";
  record.identifiers.push_back({"doi", fmt::format("10.5555/synthetic.{}", index)});
  record.provenance.source = "synthetic";

  // Authors: mostly of the topic's community.
  Random authors = stream_of(options_, index, stream_authors);
  const std::int32_t community = authors.uniform() < 0.9 ? topic % options_.community_count : static_cast<std::int32_t>(authors.below(static_cast<std::uint32_t>(options_.community_count)));
  const int author_count = 1 + static_cast<int>(authors.below(5));
  for (int i = 0; i < author_count; ++i) {
    const double u = authors.uniform();
    const auto author = static_cast<std::int32_t>(u * u * authors_per_community());
    Person person;
    person.name = author_name(community, author);
    person.organisations.push_back(0);
    const bool repeated = std::any_of(record.persons.begin(), record.persons.end(), [&](const Person& other) { return other.name == person.name; });
    if (!repeated) record.persons.push_back(std::move(person));
  }
  static constexpr std::array<std::string_view, 8> kCountries = {"CN", "US", "DE", "JP", "GB", "FR", "KR", "IN"};
  record.organisations.push_back({fmt::format("Synthetic Institute {}", community), std::string(kCountries[static_cast<std::size_t>(community) % kCountries.size()]), "affiliation", ""});
  if (!with_references) return record;

  for (int i = 0; i < 5; ++i) record.abstract += (i == 0 || chinese ? "" : " ") + sentence(text, topic, year, chinese, 6) + (chinese ? "。" : ".");
  const SyntheticTopic& plan = plan_.topics[static_cast<std::size_t>(topic)];
  for (std::size_t i = 0; i < 4; ++i) {
    const SyntheticTerm& term = plan.terms[text.below(kTermsPerTopic)];
    record.keywords.push_back(chinese ? term.zh : term.en);
  }
  std::sort(record.keywords.begin(), record.keywords.end());
  record.keywords.erase(std::unique(record.keywords.begin(), record.keywords.end()), record.keywords.end());
  for (const std::int64_t other : cited_works(index)) {
    const Record cited = core(other, false);
    Reference reference;
    reference.author = cited.persons[0].name;
    reference.title = cited.title;
    reference.venue = cited.venue;
    reference.year = cited.date.year;
    reference.doi = cited.identifiers[0].value;
    reference.text = fmt::format("{}, {}, {}, V{}, P{}", cited.persons[0].name.substr(0, cited.persons[0].name.find(',')), cited.date.year, cited.venue, cited.volume, cited.pages.substr(0, cited.pages.find('-')));
    record.references.push_back(std::move(reference));
  }
  Random grants = stream_of(options_, index, stream_grants);
  if (grants.uniform() < 0.5) {
    const std::int64_t grant = static_cast<std::int64_t>(grants.uniform() * static_cast<double>(grant_count()));
    record.funding.push_back({grant % 2 == 0 ? "NSFC" : "NSF", grant_number(grant)});
  }
  record.citation_count = static_cast<std::int64_t>(grants.below(40));
  return record;
}

SyntheticWork SyntheticCorpus::work(std::int64_t index) const {
  SyntheticWork work;
  work.topic = topic_of(index);
  const Record core_record = core(index, true);
  Random authors = stream_of(options_, index, stream_authors);
  work.community = authors.uniform() < 0.9 ? work.topic % options_.community_count : static_cast<std::int32_t>(authors.below(static_cast<std::uint32_t>(options_.community_count)));
  Random random = stream_of(options_, index, stream_copies);
  struct Source {
    std::string_view format, id;
    double share, doi_share;
  };
  static constexpr std::array<Source, 3> kSources = {{{"ris", "SYN:R{:010}", 0.6, 0.6}, {"scopus", "2-s2.0-9{:010}", 0.5, 0.7}, {"openalex", "W9{:010}", 0.5, 0.8}}};
  const std::uint32_t surely = random.below(3);
  for (std::size_t s = 0; s < kSources.size(); ++s) {
    const bool held = random.uniform() < kSources[s].share;
    if (!held && s != surely) continue;
    Record copy = core_record;
    copy.provenance.format = kSources[s].format;
    copy.provenance.own_id = fmt::format(fmt::runtime(kSources[s].id), index);
    if (random.uniform() >= kSources[s].doi_share) copy.identifiers.clear();
    respell(random, static_cast<int>(s), copy);
    if (s == 2) copy.identifiers.push_back({"openalex", copy.provenance.own_id});
    work.copies.push_back(std::move(copy));
  }
  if (random.uniform() < options_.preprint_share) {
    Record preprint = core_record;
    preprint.type = "preprint";
    preprint.venue = "Synthetic Preprints";
    preprint.volume = preprint.issue = preprint.pages = "";
    preprint.identifiers = {{"doi", fmt::format("10.5555/synthetic.preprint.{}", index)}};
    preprint.date.year = static_cast<std::int16_t>(std::max<int>(options_.first_year, preprint.date.year - static_cast<int>(random.below(2))));
    preprint.provenance.format = "openalex";
    preprint.provenance.own_id = fmt::format("W8{:010}", index);
    preprint.identifiers.push_back({"openalex", preprint.provenance.own_id});
    work.preprint = static_cast<std::int32_t>(work.copies.size());
    work.copies.push_back(std::move(preprint));
  }
  return work;
}

}  // namespace jianwei::analysis
