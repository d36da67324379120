package dev.andon.topology;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * Bounds the memory of all state stores of the process together, outside of the heap: 64 MiB for blocks, of which 16 MiB
 * for writes. Processors read a store only when a task starts, so more would not make anything faster.
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {
    private static final long ALL_BYTES = 64L << 20;
    private static final long WRITE_BYTES = 16L << 20;
    private static final long WRITE_BUFFER_BYTES = 2L << 20;

    /** Shared by all stores and never closed: they live as long as the process. */
    private static final class Shared {
        static final Cache BLOCKS = new LRUCache(ALL_BYTES);
        static final WriteBufferManager WRITES = new WriteBufferManager(WRITE_BYTES, BLOCKS);

        private Shared() {}
    }

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        RocksDB.loadLibrary();
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(Shared.BLOCKS);
        table.setCacheIndexAndFilterBlocks(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(Shared.WRITES);
        options.setWriteBufferSize(WRITE_BUFFER_BYTES);
        options.setMaxWriteBufferNumber(2);
    }

    /** What is shared stays open for the other stores. */
    @Override
    public void close(String storeName, Options options) {}
}
