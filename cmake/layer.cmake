# The layers of the program, as docs/architecture.md draws them.
#
#   layer(<name> [DEPENDS <layer>...] [LIBS <target>...])
#
# creates the static library jianwei::<name>, links the layers it may use and descends into src/<name>. A layer that is not yet
# defined cannot be named, so a cycle cannot be written down. tools/check_layers.py reads the same calls.

add_custom_target(unit_tests)

# kSourceDir of src/base/source_dir.h, for tests.
set(JIANWEI_SOURCE_DIR_FILE ${CMAKE_BINARY_DIR}/source_dir.cpp)
file(CONFIGURE OUTPUT ${JIANWEI_SOURCE_DIR_FILE} CONTENT [[
#include "base/source_dir.h"
const char* const jianwei::kSourceDir = "@PROJECT_SOURCE_DIR@";
]] @ONLY)

function(layer name)
  cmake_parse_arguments(LAYER "" "" "DEPENDS;LIBS" ${ARGN})
  add_library(jianwei_${name} STATIC)
  add_library(jianwei::${name} ALIAS jianwei_${name})
  target_include_directories(jianwei_${name} PUBLIC ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(jianwei_${name} PRIVATE jianwei::warnings)
  foreach(dependency IN LISTS LAYER_DEPENDS)
    if(NOT TARGET jianwei::${dependency})
      message(FATAL_ERROR "layer ${name} depends on ${dependency}, which is not defined above it")
    endif()
    target_link_libraries(jianwei_${name} PUBLIC jianwei::${dependency})
  endforeach()
  target_link_libraries(jianwei_${name} PUBLIC ${LAYER_LIBS})
  add_subdirectory(${PROJECT_SOURCE_DIR}/src/${name})
endfunction()

# Adds sources of the current folder to a layer.
function(layer_sources name)
  list(TRANSFORM ARGN PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
  target_sources(jianwei_${name} PRIVATE ${ARGN})
endfunction()

# Adds the unit tests of the current folder; every layer has one test program, test_<name>.
function(layer_tests name)
  if(NOT JIANWEI_TESTS)
    return()
  endif()
  if(NOT TARGET test_${name})
    add_executable(test_${name})
    target_link_libraries(test_${name} PRIVATE jianwei::${name} jianwei::warnings GTest::gtest_main)
    target_sources(test_${name} PRIVATE ${JIANWEI_SOURCE_DIR_FILE})
    add_dependencies(unit_tests test_${name})
    add_test(NAME unit.${name} COMMAND test_${name})
    set_tests_properties(unit.${name} PROPERTIES LABELS unit ENVIRONMENT "JIANWEI_SHARE=${JIANWEI_SHARE_DIR}")
  endif()
  list(TRANSFORM ARGN PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
  target_sources(test_${name} PRIVATE ${ARGN})
endfunction()
