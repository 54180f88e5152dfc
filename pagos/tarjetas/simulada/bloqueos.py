"""Row locks of the simulated gateway: one object at a time, in the order in which it calls."""

from sqlalchemy import text

OBJETO = text("SELECT datos FROM pagos_simulada_objeto WHERE tipo = :tipo AND id = :id FOR UPDATE")
OBJETO_VENCIDO = text(
    "SELECT tipo, id FROM pagos_simulada_objeto WHERE vence_en <= :ahora AND tipo = ANY(:tipos) "
    "ORDER BY vence_en, numero LIMIT 1 FOR UPDATE SKIP LOCKED"
)
