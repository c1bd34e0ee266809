// Signs by which lines and paragraphs are told apart; used by the prose rules only.
#pragma once

#include <cstdint>
#include <string_view>

namespace jianwei::sources::documents {

bool ends_sentence(std::string_view text);      // 。 ！ ？ ； ： . ! ? ■, closing quotes and brackets behind them
bool ends_with_comma(std::string_view text);    // ， 、 , and open brackets: the sentence goes on
bool ends_wide(std::string_view text);          // the last character is Chinese, Japanese or full-width
bool starts_wide(std::string_view text);
bool is_heading(std::string_view text);         // 第一章, 第三条, 一、, （一）, 1.1 Title, 摘要, Abstract
bool is_article(std::string_view text);         // 第三条 ...; Article 3; Section 3.
// Ends in a word that ends titles (研究, 启示, 意见, 通知, 条例, ...) and holds no sentence mark; at most 80 characters.
bool looks_like_title(std::string_view text);
bool is_policy_title(std::string_view text);    // ends in a kind of official text: 通知, 办法, 条例, 意见, 规划, ...
std::int64_t character_count(std::string_view text);

}  // namespace jianwei::sources::documents
