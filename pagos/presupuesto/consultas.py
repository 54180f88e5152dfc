"""What a certificate has left and what a matter has committed, in bolivianos of budget."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from moneyed import Money
from sqlalchemy import text
from sqlmodel import Session

from nucleo.dinero import de_centavos

_CERTIFICADOS = text(
    """
    SELECT x.id, x.unidad_id, p.creditos_contabilizados - p.debitos_contabilizados,
           coalesce(k.comprometido, 0), coalesce(k.ejecutado, 0)
    FROM pagos_certificado x JOIN pagos_cuenta p ON p.id = x.cuenta
    LEFT JOIN LATERAL (
        SELECT sum(c.creditos_contabilizados - c.debitos_contabilizados)::bigint AS comprometido,
               sum((SELECT sum(t.monto) FROM pagos_transferencia t
                    WHERE t.debito = c.id AND t.codigo = 122))::bigint AS ejecutado
        FROM pagos_compromiso q JOIN pagos_cuenta c ON c.id = q.cuenta WHERE q.certificado_id = x.id
    ) k ON true
    WHERE x.id = ANY (CAST(:ids AS uuid[])) ORDER BY x.id
    """
)
_COMPROMETIDOS = text(
    """
    SELECT q.asunto_id, q.certificado_id, c.creditos_contabilizados - c.debitos_contabilizados,
           coalesce(sum(t.monto) FILTER (WHERE t.codigo = 122), 0)::bigint,
           coalesce(sum(t.monto) FILTER (WHERE t.codigo = 123), 0)::bigint
    FROM pagos_compromiso q JOIN pagos_cuenta c ON c.id = q.cuenta
    LEFT JOIN pagos_transferencia t ON t.debito = c.id
    WHERE q.asunto_id = ANY (CAST(:ids AS uuid[]))
    GROUP BY q.asunto_id, c.id ORDER BY q.asunto_id
    """
)


@dataclass(frozen=True, slots=True)
class Certificado:
    """Of one certificate: certified less what was reverted, committed now, executed, and what is left.

    `certificado` is the sum of the other three.
    """

    id: UUID
    unidad_id: UUID
    certificado: Money
    comprometido: Money
    ejecutado: Money
    disponible: Money


@dataclass(frozen=True, slots=True)
class Comprometido:
    """Of one matter: of which certificate, committed now, executed and given back."""

    asunto_id: UUID
    certificado_id: UUID
    comprometido: Money
    ejecutado: Money
    liberado: Money


def certificados(sesion: Session, ids: Collection[UUID]) -> dict[UUID, Certificado]:
    """Each of these certificates; one that nobody certified is not among them."""
    hallados: dict[UUID, Certificado] = {}
    for id, unidad_id, *partes in sesion.connection().execute(_CERTIFICADOS, {"ids": list(ids)}):
        disponible, comprometido, ejecutado = map(de_centavos, partes)
        hallados[id] = Certificado(
            id, unidad_id, disponible + comprometido + ejecutado, comprometido, ejecutado, disponible
        )
    return hallados


def comprometidos(sesion: Session, asuntos: Collection[UUID]) -> dict[UUID, Comprometido]:
    """Each of these matters; one that committed nothing is not among them."""
    filas = sesion.connection().execute(_COMPROMETIDOS, {"ids": list(asuntos)})
    return {
        asunto_id: Comprometido(asunto_id, certificado_id, *map(de_centavos, partes))
        for asunto_id, certificado_id, *partes in filas
    }
