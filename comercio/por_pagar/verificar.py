"""`qhatu verify`: a purchase that a card or a QR pays, its orders, payment and account tell one story."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from moneyed import Money
from sqlalchemy import text
from sqlmodel import Session

from comercio.por_pagar.asunto import CLASE
from comercio.por_pagar.estados import Medio
from nucleo.dinero import cero, de_centavos, formato_bs
from nucleo.eventos import sin_oir
from nucleo.reloj import ahora_bd
from nucleo.verificar import comprueba
from pagos import Codigo, MovidoDeAsunto, TipoCuenta, cuenta_de_sistema, movido_de_asuntos
from pagos.tarjetas import Estado, pago_en_curso, recuperado_sin_repartir

FALTAS_MAXIMO = 50
LOTE = 500
_COMPRAS = text(
    """
    SELECT c.compra_id, c.estado, c.medio, c.pagada_de, c.pagada_en IS NOT NULL AS pagada, x.total,
           coalesce(sum(k.monto), 0)::bigint AS en_custodia, coalesce(sum(k.devuelto), 0)::bigint AS devuelto,
           bool_and(p.estado NOT IN ('por_pagar', 'no_pagado')) AS vendida,
           bool_and(k.pedido_id IS NULL OR k.cuenta_comprador = c.cuenta) AS de_aqui,
           bool_or(k.terminada_en IS NULL AND k.banco_desde IS NOT NULL) AS espera_al_banco,
           bool_or(k.banco_desde IS NULL AND k.estado NOT IN ('liberada', 'devuelta')) AS no_lo_espera,
           pagos_en_disputa(c.compra_id) AS disputada,
           c.revisar_en < nucleo_ahora() - interval '1 day' AS olvidada,
           bool_or(EXISTS (SELECT FROM comercio_prueba_al_banco b WHERE b.pedido_id = p.id
                           AND b.enviar_en < nucleo_ahora() - interval '1 day')) AS sin_mandar
    FROM comercio_compra_por_pagar c JOIN comercio_compra x ON x.id = c.compra_id
    JOIN comercio_pedido p ON p.compra_id = c.compra_id
    LEFT JOIN comercio_custodia k ON k.pedido_id = p.id
    WHERE CAST(:desde AS uuid) IS NULL OR c.compra_id > :desde
    GROUP BY c.compra_id, x.id ORDER BY c.compra_id LIMIT :limite
    """.replace("::", r"\:\:")
)
# A cart that waits for a purchase which does not wait.
_CARRITOS = text(
    """
    SELECT a.persona_id FROM comercio_carrito a
    JOIN comercio_compra_por_pagar c ON c.compra_id = a.por_pagar_id
    WHERE c.estado <> 'por_pagar' OR c.persona_id <> a.persona_id ORDER BY 1 LIMIT :limite
    """
)


# Whether what a bank gave back of a claim waits for an order that goes on, or ended today.
_ESPERA = text(
    """
    SELECT EXISTS (
        SELECT FROM comercio_tomado_por_el_banco t JOIN comercio_custodia k ON k.pedido_id = t.pedido_id
        WHERE t.disputa_id = :disputa AND t.repartido_en IS NULL
          AND coalesce(k.terminada_en, nucleo_ahora()) > nucleo_ahora() - interval '1 day')
    """
)


@comprueba("compras por pagar")
def compras_por_pagar(sesion: Session) -> list[str]:
    """What entered its account is what it cost, once; it went into the custody of its orders, and what came
    back of them is there or went back to who paid; what a bank claims waits in custody."""
    return list(islice(_faltas(sesion), FALTAS_MAXIMO))


def _faltas(sesion: Session) -> Iterator[str]:
    for (persona_id,) in sesion.connection().execute(_CARRITOS, {"limite": FALTAS_MAXIMO}):
        yield f"carrito de {persona_id}: espera una compra que ya no espera"
    yield from _sin_repartir(sesion)
    desde: UUID | None = None
    while True:
        filas = sesion.connection().execute(_COMPRAS, {"desde": desde, "limite": LOTE}).all()
        if not filas:
            return
        movido = movido_de_asuntos(sesion, CLASE, [f.compra_id for f in filas])
        por_oir = sin_oir(sesion, [f.compra_id for f in filas])
        for fila in filas:
            for falta in _de_una(sesion, fila, movido[fila.compra_id]):
                yield f"compra {fila.compra_id} {fila.estado}: {falta}"
            mal = fila.no_lo_espera if fila.disputada else fila.espera_al_banco
            if mal and fila.compra_id not in por_oir:
                yield f"compra {fila.compra_id}: su dinero en custodia no espera lo que espera el banco"
        desde = filas[-1].compra_id


def _sin_repartir(sesion: Session) -> Iterator[str]:
    ayer = ahora_bd(sesion) - timedelta(days=1)
    for recuperado in recuperado_sin_repartir(sesion):
        if recuperado.desde < ayer:
            datos = {"disputa": recuperado.disputa_id}
            if not sesion.connection().execute(_ESPERA, datos).scalar_one():
                yield (
                    f"disputa {recuperado.disputa_id}: nadie repartió {formato_bs(recuperado.monto)}"
                    " que devolvió el banco"
                )


def _de_una(sesion: Session, fila: Any, movido: Sequence[MovidoDeAsunto]) -> Iterator[str]:
    total, en_custodia = de_centavos(fila.total), de_centavos(fila.en_custodia)
    con_tarjeta = fila.medio == Medio.TARJETA
    # Who paid, and why their money entered.
    quien, motivo = (
        (cuenta_de_sistema(sesion, TipoCuenta.PASARELA), Codigo.CUSTODIA)
        if con_tarjeta
        else (fila.pagada_de, Codigo.PAGO_EN_CUSTODIA)
    )
    pagado = _suma(m for m in movido if m.entra and m.contraparte == quien and m.codigo == motivo)
    devuelto = _suma(m for m in movido if not m.entra and m.contraparte == quien)
    salio = _suma(m for m in movido if not m.entra and m.codigo == Codigo.CUSTODIA)
    volvio = _suma(m for m in movido if m.entra and m.codigo == Codigo.DEVOLUCION and m.contraparte != quien)
    cobrada = pago_en_curso(sesion, fila.compra_id)[0] is Estado.PAGADO if con_tarjeta else fila.pagada
    # What a card's bank did not take back enters again.
    if not (total <= pagado <= total + devuelto if cobrada else pagado == cero()):
        yield f"quien paga puso {formato_bs(pagado)} y su pago está {'cobrado' if cobrada else 'sin cobrar'}"
    if (salio, volvio) != (en_custodia, de_centavos(fila.devuelto)):
        yield f"a sus pedidos {formato_bs(salio)} y de ellos {formato_bs(volvio)}: no es lo que dicen"
    if en_custodia != (total if fila.pagada else cero()) or fila.vendida is not fila.pagada:
        yield f"cuesta {formato_bs(total)} y sus pedidos tienen {formato_bs(en_custodia)}"
    if not fila.de_aqui:
        yield "un pedido suyo se pagó de otra cuenta"
    if fila.olvidada:
        yield "nadie la revisa desde hace un día"
    if fila.sin_mandar:
        yield "lo que dijo al banco quien vendió no se mandó desde hace un día"


def _suma(movidos: Iterable[MovidoDeAsunto]) -> Money:
    return sum((m.monto for m in movidos), cero())
