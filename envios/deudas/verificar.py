"""`qhatu verify`: debts, their payments, the ledger and the deliveries say the same, to the centavo."""

from collections.abc import Iterator, Sequence
from itertools import islice
from uuid import UUID

from moneyed import Money
from sqlalchemy import text
from sqlmodel import Session, col, func, select

from envios.deudas.asunto import CLASE
from envios.deudas.estados import ClaseDeDeuda, ComoSePaga
from envios.deudas.modelos import Deuda, PagoDeDeuda
from envios.deudas.pagar import CODIGOS
from nucleo.dinero import cero, formato_bs, sumar
from nucleo.verificar import comprueba
from pagos import MovidoDeAsunto, movido_de_asuntos

FALTAS_MAXIMO = 50
_LOTE = 500
_SIN_ENTREGA = text(
    """
    SELECT d.id, e.numero FROM envios_deuda d JOIN envios_envio e ON e.id = d.envio_id
    WHERE d.clase = 'contra_entrega' AND d.estado = 'pendiente' AND d.pagado = 0
      AND (e.estado <> 'entregado' OR NOT EXISTS (
          SELECT FROM envios_evento v
          WHERE v.id = d.origen_id AND v.envio_id = d.envio_id AND v.codigo = 'EMI'
            AND v.operador_unidad_id = d.operador_unidad_id AND v.ocurrido_en = e.entregado_en))
    ORDER BY d.id LIMIT :limite
    """
)
_SIN_DEUDA = text(
    """
    SELECT e.numero, c.monto
    FROM (SELECT envio_id, contra_entrega AS monto FROM envios_porte WHERE contra_entrega > 0
          UNION ALL SELECT envio_id, monto FROM envios_cobro) c
    JOIN envios_envio e ON e.id = c.envio_id
    WHERE e.estado = 'entregado' AND NOT EXISTS (
        SELECT FROM envios_deuda d WHERE d.envio_id = e.id AND d.clase = 'contra_entrega'
          AND d.estado <> 'cancelada' AND d.monto = c.monto)
    ORDER BY 1 LIMIT :limite
    """
)
_CEDIDO = text(
    """
    SELECT d.id FROM envios_cesion c
    JOIN envios_deuda d ON d.envio_id = c.envio_id AND d.clase = 'contra_entrega' AND d.estado <> 'cancelada'
    WHERE least(d.pagado, c.monto) <> (
        SELECT coalesce(sum(g.monto), 0) FROM envios_deuda_pago g
        WHERE g.deuda_id = d.id
          AND pagos_cuenta_es_de(pagos_acreditada(g.id), registro_titular_de_parte(c.parte_id)))
    ORDER BY d.id LIMIT :limite
    """
)


@comprueba("deudas")
def verificar_deudas(sesion: Session) -> list[str]:
    """What does not agree, in words; nothing is well."""
    return list(islice(_faltas(sesion), FALTAS_MAXIMO))


def _faltas(sesion: Session) -> Iterator[str]:
    conexion, limite = sesion.connection(), {"limite": FALTAS_MAXIMO}
    for id, numero in conexion.execute(_SIN_ENTREGA, limite):
        yield f"la deuda {id} del envío {numero} no es de su entrega"
    for numero, centavos in conexion.execute(_SIN_DEUDA, limite):
        yield f"envío {numero}: se entregó cobrando {formato_bs(centavos)} y nadie lo debe"
    for (id,) in conexion.execute(_CEDIDO, limite):
        yield f"de la deuda {id} no se pagó primero a quien se cedió"
    ids = list(sesion.exec(select(Deuda.id).order_by(col(Deuda.id))))
    for desde in range(0, len(ids), _LOTE):
        filas = sesion.exec(
            select(Deuda).where(col(Deuda.id).in_(ids[desde : desde + _LOTE])).order_by(col(Deuda.id))
        ).all()
        movido = movido_de_asuntos(sesion, CLASE, [d.id for d in filas])
        pagado = _pagado(sesion, [d.id for d in filas])
        for deuda in filas:
            yield from _de_una(deuda, pagado, movido[deuda.id])
        sesion.expunge_all()


def _pagado(sesion: Session, ids: Sequence[UUID]) -> dict[tuple[UUID, str], Money]:
    """By debt and by how it was paid."""
    consulta = (
        select(PagoDeDeuda.deuda_id, PagoDeDeuda.como, sumar(PagoDeDeuda.monto), func.count())
        .where(col(PagoDeDeuda.deuda_id).in_(ids))
        .group_by(col(PagoDeDeuda.deuda_id), col(PagoDeDeuda.como))
    )
    return {(id, como): monto for id, como, monto, _n in sesion.exec(consulta)}


def _de_una(
    deuda: Deuda, pagado: dict[tuple[UUID, str], Money], movido: list[MovidoDeAsunto]
) -> Iterator[str]:
    por_libro = pagado.get((deuda.id, ComoSePaga.LIBRO), cero())
    en_efectivo = pagado.get((deuda.id, ComoSePaga.EFECTIVO), cero())
    if por_libro + en_efectivo != deuda.pagado:
        suma = formato_bs(por_libro + en_efectivo)
        yield f"la deuda {deuda.id} dice {formato_bs(deuda.pagado)} pagados y sus pagos suman {suma}"
    codigo = CODIGOS[ClaseDeDeuda(deuda.clase)]
    for entra in (True, False):
        en_el_libro = sum((m.monto for m in movido if m.entra == entra and m.codigo == codigo), cero())
        if en_el_libro != por_libro:
            hacia = "entró" if entra else "salió"
            yield (
                f"de la deuda {deuda.id} {hacia} {formato_bs(en_el_libro)} en el libro y sus pagos dicen "
                f"{formato_bs(por_libro)}"
            )
    if any(m.codigo != codigo for m in movido):
        yield f"por la deuda {deuda.id} pasó dinero que no es suyo"
