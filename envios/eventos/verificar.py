"""`qhatu verify`: every item's row says what its events say."""

from collections.abc import Iterator
from itertools import islice

from sqlmodel import Session, col, select

from envios.eventos.aplicar import Historias
from envios.eventos.estados import EstadoIncidencia, Resolucion
from envios.items.modelos import Envio
from nucleo.reloj import ahora_bd
from nucleo.verificar import comprueba

FALTAS_MAXIMO = 50
LOTE = 500


@comprueba("envios")
def items(sesion: Session) -> list[str]:
    """State, custody, instants, counts and open incidents, derived again from the events."""
    return list(islice(_faltas(sesion), FALTAS_MAXIMO))


def _faltas(sesion: Session) -> Iterator[str]:
    ahora = ahora_bd(sesion)
    ids = list(sesion.exec(select(Envio.id).order_by(col(Envio.id))))
    for desde in range(0, len(ids), LOTE):
        consulta = select(Envio).where(col(Envio.id).in_(ids[desde : desde + LOTE]))
        envios = {e.id: e for e in sesion.exec(consulta)}
        historias = Historias(sesion, envios, ahora)
        for envio in envios.values():
            yield from _de_uno(historias, envio)
        sesion.expunge_all()


def _de_uno(historias: Historias[Envio], envio: Envio) -> Iterator[str]:
    if envio.revisar_en is not None and envio.revisar_en <= historias.instante:
        return  # its sweep is due: the row says what was known before
    dice = historias.derivar(envio)
    espera = dice.espera
    for campo, derivado in (
        ("estado", dice.estado),
        ("custodio_unidad_id", dice.custodio),
        ("admitido_en", dice.admitido_en),
        ("entregado_en", dice.entregado_en),
        ("intentos", dice.intentos),
        ("espera_desde", espera.desde if espera else None),
        ("espera_hasta", espera.hasta(prorrogada=envio.prorrogado_en is not None) if espera else None),
        ("correcciones", sum(e.id in historias.corregidos for e in historias.eventos[envio.id])),
    ):
        if getattr(envio, campo) != derivado:
            yield f"envío {envio.numero}: {campo} es {getattr(envio, campo)} y sus eventos dicen {derivado}"
    filas = historias.incidencias[envio.id]
    causadas = {(f.clase, f.clave) for f in filas if f.resolucion != Resolucion.SIN_CAUSA}
    for clase, clave in sorted(dice.incidencias - causadas):
        yield f"envío {envio.numero}: falta la incidencia {clase} {clave}".rstrip()
    for fila in filas:
        abierta = fila.estado == EstadoIncidencia.ABIERTA
        if abierta and (fila.clase, fila.clave) not in dice.incidencias:
            yield f"envío {envio.numero}: la incidencia {fila.clase} no tiene causa"
