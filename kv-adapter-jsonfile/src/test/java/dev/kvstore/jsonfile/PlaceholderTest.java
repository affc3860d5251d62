package dev.kvstore.jsonfile;

import dev.kvstore.core.contract.PlaceholderContract;

class PlaceholderTest extends PlaceholderContract {}
