// Where the sources of this build lie: for tests that read tests/data. Defined in a file that CMake makes and links into tests only, so that
// the objects of the tests themselves are the same in every checkout and a compiler cache can share them.
#pragma once

namespace jianwei {

extern const char* const kSourceDir;

}  // namespace jianwei
