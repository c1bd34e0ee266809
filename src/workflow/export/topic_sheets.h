// Topics over runs and over years as sheets.
#pragma once

#include <vector>

#include "products/exporters/sheet.h"
#include "store/topic_rows.h"
#include "workflow/report/topic_periods.h"

namespace jianwei::workflow {

products::Sheet topic_event_sheet(const std::vector<store::TopicGenerationRow>& generations);              // what happened between runs
products::Sheet topic_period_sheet(const StudyResult& result, const TopicPeriods& periods);                // a row per topic and period it is present in, with its event
products::Sheet topic_link_sheet(const StudyResult& result, const TopicPeriods& periods);                  // from period and topic to the next: the ribbons of an alluvial drawing

}  // namespace jianwei::workflow
