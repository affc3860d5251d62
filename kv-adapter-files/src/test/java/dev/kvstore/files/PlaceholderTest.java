package dev.kvstore.files;

import dev.kvstore.core.contract.PlaceholderContract;

class PlaceholderTest extends PlaceholderContract {}
