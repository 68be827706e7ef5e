"""The engine on a server: Elasticsearch for text, filters and vectors alike."""

from search.elasticsearch.engine import ElasticsearchEngine

__all__ = ["ElasticsearchEngine"]
