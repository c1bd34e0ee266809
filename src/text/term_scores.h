// How strongly words belong together, as the literature measures it. Formulas and worked examples: docs/methods/terms.md.
#pragma once

#include <cstdint>

namespace jianwei::text {

// Normalised pointwise mutual information, [-1, 1]: ln(p_ab / (p_a p_b)) / -ln p_ab, with p = f / L. Bouma (2009).
double npmi(double f_ab, double f_a, double f_b, double total);

// Merge significance of ToPMine: (f_ab - mu) / sqrt(f_ab), mu = f_a f_b / L. El-Kishky et al. (2014), doi:10.14778/2735508.2735519.
double merge_significance(double f_ab, double f_a, double f_b, double total);

// C-value of a term of `words` words with frequency f that is nested in `container_count` longer terms of summed frequency
// `container_frequency`, each container's occurrences
// inside still longer ones left out. Frantzi, Ananiadou and Mima (2000), doi:10.1007/s007999900023. `length_offset` 0 is the published form,
// log2|a|; 1 gives log2(|a| + 1) so that single words do not vanish (Barron-Cedeno et al. 2009).
double c_value(double words, double f, std::int64_t container_count, double container_frequency, double length_offset = 0.0);

}  // namespace jianwei::text
