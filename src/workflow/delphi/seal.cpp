#include "workflow/delphi/seal.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <unistd.h>

#include <memory>
#include <vector>

#include "base/encoding.h"
#include "base/entropy.h"
#include "base/file.h"

namespace jianwei::workflow {
namespace {

constexpr std::size_t kNonceBytes = 12, kTagBytes = 16;
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

std::string_view view(const std::vector<unsigned char>& bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

std::vector<unsigned char> decode(std::string_view text) {
  std::vector<unsigned char> bytes(text.size() / 4 * 3 + 3);
  const int length = text.size() % 4 == 0 ? EVP_DecodeBlock(bytes.data(), reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size())) : -1;
  if (length < 0) return {};
  std::size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
  bytes.resize(static_cast<std::size_t>(length) - padding);
  return bytes;
}

Result<> write_key(const std::filesystem::path& path, std::string_view key) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return fail(ErrorKind::unavailable, "{}: the key cannot be written", path.string());
  const std::string text = base64(key) + "\n";
  const bool written = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
  ::close(file);
  if (!written) return fail(ErrorKind::unavailable, "{}: the key cannot be written", path.string());
  return sync_path(path.parent_path());
}

}  // namespace

Result<Seal> Seal::open(const std::filesystem::path& key_file) {
  std::vector<unsigned char> key;
  if (std::filesystem::exists(key_file)) {
    std::string text = TRY(read_file(key_file));
    while (!text.empty() && text.back() == '\n') text.pop_back();
    key = decode(text);
    if (key.size() != 32) return fail(ErrorKind::corrupt, "{} holds no key of 32 bytes: restore it from the backup", key_file.string());
  } else {
    const std::string fresh = random_bytes(32);
    TRY(write_key(key_file, fresh));
    key.assign(fresh.begin(), fresh.end());
  }
  Seal seal;
  std::copy(key.begin(), key.end(), seal.key_.begin());
  return seal;
}

std::string Seal::close(std::string_view text, std::string_view context) const {
  const std::string nonce = random_bytes(kNonceBytes);
  std::vector<unsigned char> bytes(nonce.begin(), nonce.end());
  bytes.resize(kNonceBytes + text.size() + kTagBytes);
  const Cipher cipher(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
  int length = 0;
  EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key_.data(), bytes.data());
  EVP_EncryptUpdate(cipher.get(), nullptr, &length, reinterpret_cast<const unsigned char*>(context.data()), static_cast<int>(context.size()));
  EVP_EncryptUpdate(cipher.get(), bytes.data() + kNonceBytes, &length, reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
  EVP_EncryptFinal_ex(cipher.get(), bytes.data() + kNonceBytes + length, &length);
  EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, kTagBytes, bytes.data() + kNonceBytes + text.size());
  return base64(view(bytes));
}

Result<std::string> Seal::reveal(std::string_view sealed, std::string_view context) const {
  std::vector<unsigned char> bytes = decode(sealed);
  const auto broken = [] { return fail(ErrorKind::corrupt, "a sealed text cannot be opened: it was changed, or the key is another one"); };
  if (bytes.size() < kNonceBytes + kTagBytes) return broken();
  const std::size_t size = bytes.size() - kNonceBytes - kTagBytes;
  std::string text(size, '\0');
  thread_local const Cipher cipher(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
  int length = 0;
  EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key_.data(), bytes.data());
  EVP_DecryptUpdate(cipher.get(), nullptr, &length, reinterpret_cast<const unsigned char*>(context.data()), static_cast<int>(context.size()));
  EVP_DecryptUpdate(cipher.get(), reinterpret_cast<unsigned char*>(text.data()), &length, bytes.data() + kNonceBytes, static_cast<int>(size));
  EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, kTagBytes, bytes.data() + kNonceBytes + size);
  if (EVP_DecryptFinal_ex(cipher.get(), reinterpret_cast<unsigned char*>(text.data()) + length, &length) != 1) return broken();
  return text;
}

}  // namespace jianwei::workflow
