#include <gtest/gtest.h>

#include "text/corpus.h"

namespace jianwei::text {
namespace {

TEST(Language, ScriptDecidesFirst) {
  EXPECT_EQ(detect_language("固态电池界面的研究进展"), "zh");
  EXPECT_EQ(detect_language("リチウムイオン電池の劣化"), "ja");
  EXPECT_EQ(detect_language("리튬 이온 전지의 열화"), "ko");
  EXPECT_EQ(detect_language("Исследование литиевых батарей"), "ru");
  EXPECT_EQ(detect_language("Дослідження літієвих батарей"), "uk");
  EXPECT_EQ(detect_language("تعلم الآلة"), "ar");
  EXPECT_EQ(detect_language("Μηχανική μάθηση"), "el");
}

TEST(Language, TellsLatinLanguagesApart) {
  EXPECT_EQ(detect_language("A survey of deep learning for robots"), "en");
  EXPECT_EQ(detect_language("Untersuchung der Eigenschaften von Lithium-Ionen-Batterien"), "de");
  EXPECT_EQ(detect_language("Étude de la dégradation des batteries au lithium dans les véhicules"), "fr");
  EXPECT_EQ(detect_language("Estudio de la degradación de las baterías de litio"), "es");
  EXPECT_EQ(detect_language("Avaliação da degradação de baterias em veículos"), "pt");
  EXPECT_EQ(detect_language("Lo studio della degradazione delle batterie nei veicoli"), "it");
  EXPECT_EQ(detect_language("Onderzoek naar het gedrag van batterijen in het verkeer"), "nl");
  EXPECT_EQ(detect_language("Wpływ temperatury na właściwości baterii"), "pl");
}

TEST(Language, ShortLatinTitlesAreEnglishWithoutEvidence) {
  EXPECT_EQ(detect_language("Deep learning"), "en");
  EXPECT_EQ(detect_language("EDITORIAL"), "en");
  EXPECT_EQ(detect_language("Van der Waals heterostructures"), "en");
  EXPECT_EQ(detect_language("De novo protein design"), "en");
  EXPECT_EQ(detect_language("A Schrödinger bridge"), "en");
  EXPECT_EQ(detect_language("LSTM"), "en");
}

TEST(Language, MixedTitlesGoToTheLanguageThatCarriesThem) {
  EXPECT_EQ(detect_language("基于Transformer-BiLSTM-CRF的命名实体识别"), "zh");
  EXPECT_EQ(detect_language("Guanxi (关系) and trust in the Chinese economy"), "en");
  EXPECT_EQ(detect_language("PD-L1在肺癌中的表达"), "zh");
}

TEST(Language, IsUnknownWithoutLetters) {
  EXPECT_EQ(detect_language(""), "");
  EXPECT_EQ(detect_language("2019-03 / 7.5 %"), "");
}

}  // namespace
}  // namespace jianwei::text
