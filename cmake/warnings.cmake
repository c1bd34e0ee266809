# Warnings and sanitizers, set on a target that every layer links; third-party headers are system headers.
add_library(jianwei_warnings INTERFACE)
add_library(jianwei::warnings ALIAS jianwei_warnings)
target_compile_options(jianwei_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
  -Wno-missing-field-initializers  # designated initialisers leave members at their defaults on purpose
  -Wno-restrict)                   # false alarms of GCC 12 in std::string (GCC bug 105651)
if(JIANWEI_WERROR)
  target_compile_options(jianwei_warnings INTERFACE -Werror)
endif()
