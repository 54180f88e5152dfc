"""`qhatu verify`: postage, its items and the ledger say the same, to the centavo."""

from collections.abc import Iterator
from itertools import islice

from moneyed import Money
from sqlmodel import Session, col, select

from envios.items import EstadoEnvio
from envios.items.modelos import Envio
from envios.portes.asunto import CLASE
from envios.portes.estados import EstadoExcedente, EstadoPorte
from envios.portes.modelos import Excedente, Porte
from envios.tarifas import cotizacion_guardada
from nucleo.dinero import cero, formato_bs
from nucleo.verificar import comprueba
from pagos import Codigo, MovidoDeAsunto, movido_de_asuntos

FALTAS_MAXIMO = 50
_LOTE = 500
_ENTRA, _SALE = True, False


@comprueba("portes")
def verificar_portes(sesion: Session) -> list[str]:
    """What does not agree, in words; nothing is well."""
    return list(islice(_faltas(sesion), FALTAS_MAXIMO))


def _faltas(sesion: Session) -> Iterator[str]:
    ids = list(sesion.exec(select(Porte.id).order_by(col(Porte.id))))
    for desde in range(0, len(ids), _LOTE):
        filas = sesion.exec(
            select(Porte, Excedente, Envio)
            .outerjoin(Excedente, col(Excedente.porte_id) == col(Porte.id))
            .join(Envio, col(Envio.id) == col(Porte.envio_id))
            .where(col(Porte.id).in_(ids[desde : desde + _LOTE]))
            .order_by(col(Porte.id))
        ).all()
        movido = movido_de_asuntos(sesion, CLASE, [porte.id for porte, _x, _e in filas])
        for porte, excedente, envio in filas:
            for falta in _de_uno(sesion, porte, excedente, envio, movido[porte.id]):
                yield f"porte del envío {envio.numero}: {falta}"
        sesion.expunge_all()


def _de_uno(
    sesion: Session, porte: Porte, excedente: Excedente | None, envio: Envio, movido: list[MovidoDeAsunto]
) -> Iterator[str]:
    pagado = cero()
    if excedente is not None and excedente.estado == EstadoExcedente.PAGADO:
        pagado = excedente.monto
    debe = _lo_que_dice(porte, pagado)
    hay = {(m.codigo, m.entra, m.contraparte): (m.monto, m.veces) for m in movido}
    for clave in sorted(debe.keys() | hay.keys()):
        dice, libro = debe.get(clave), hay.get(clave)
        if dice != libro:
            yield f"{_nombre(clave)}: dice {_en_palabras(dice)} y el libro {_en_palabras(libro)}"
    if porte.cotizado != cotizacion_guardada(sesion, porte.cotizacion_id).total:
        yield "no es lo que se cotizó"
    recibido, anulado = envio.admitido_en is not None, envio.estado is EstadoEnvio.ANULADO
    if porte.estado == EstadoPorte.RETENIDO and (recibido or anulado):
        yield "el envío ya se recibió o se anuló y su dinero sigue retenido"
    de_mas = max(porte.total - porte.guardado, cero())
    if porte.estado == EstadoPorte.LIQUIDADO and de_mas != (excedente.monto if excedente else cero()):
        yield "su excedente no es lo que costó de más"


def _lo_que_dice(porte: Porte, excedente: Money) -> dict[tuple[int, bool, int], tuple[Money, int]]:
    """What the ledger should have, by reason, direction and the other account: the sum, in how many."""
    if porte.cuenta is None or porte.cuenta_operador is None:
        return {}
    veces = 1 + (excedente > cero())
    recojo = porte.recojo_devuelto
    devuelto = recojo if porte.devuelto is None else porte.devuelto
    filas = {
        (Codigo.PAGO_EN_CUSTODIA, _ENTRA, porte.cuenta): (porte.cotizado + excedente, veces),
        (Codigo.FRANQUEO, _SALE, porte.cuenta_operador): ((porte.cobrado or cero()) + excedente, veces),
        (Codigo.DEVOLUCION, _SALE, porte.cuenta): (devuelto, (recojo > cero()) + (devuelto > recojo)),
    }
    return {(int(c), e, a): suma for (c, e, a), suma in filas.items() if suma[0] > cero()}


def _nombre(clave: tuple[int, bool, int]) -> str:
    codigo, entra, cuenta = clave
    return f"{Codigo(codigo).name.lower()} {'de' if entra else 'a'} la cuenta {cuenta}"


def _en_palabras(suma: tuple[Money, int] | None) -> str:
    return "nada" if suma is None else f"{formato_bs(suma[0])} en {suma[1]}"
