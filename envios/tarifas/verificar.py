"""`qhatu verify`: rates in force are complete and one at a time, and kept quotes are what their rates say."""

from collections.abc import Iterator

from sqlalchemy import text
from sqlmodel import Session, col, select

from envios.tarifas.consultas import todos_los_lugares
from envios.tarifas.cotizar import cargos_en_columnas, oferta_de
from envios.tarifas.modelos import Cotizacion
from envios.tarifas.valores import Negativa
from nucleo.verificar import comprueba

FALTAS_MAXIMO = 50
_LOTE = 500
_INCOMPLETOS = text(
    "SELECT DISTINCT t.id FROM envios_tarifario t, envios_tarifario_faltas(t.id) WHERE t.estado = 'publicado'"
    " ORDER BY 1 LIMIT :limite"
)
_CRUZADOS = text(
    "SELECT a.id, b.id FROM envios_tarifario a JOIN envios_tarifario b"
    " ON b.operador_unidad_id = a.operador_unidad_id AND b.id > a.id AND b.estado = a.estado"
    " WHERE a.estado = 'publicado' AND tstzrange(a.vigente_desde, a.vigente_hasta)"
    " && tstzrange(b.vigente_desde, b.vigente_hasta) ORDER BY 1, 2 LIMIT :limite"
)
_LUGARES = text(
    "SELECT DISTINCT l.tarifario_id, l.lugar FROM envios_tarifario_lugar l"
    " JOIN envios_tarifario t ON t.id = l.tarifario_id AND t.estado = 'publicado'"
    " WHERE l.lugar <> ALL (:conocidos) ORDER BY 1, 2 LIMIT :limite"
)


@comprueba("tarifas")
def verificar_tarifas(sesion: Session) -> list[str]:
    """What does not agree, in words; nothing is well."""
    conexion, limite = sesion.connection(), {"limite": FALTAS_MAXIMO}
    faltas = [
        f"al tarifario {id}, publicado, le falta algo" for (id,) in conexion.execute(_INCOMPLETOS, limite)
    ]
    faltas += [f"los tarifarios {a} y {b} rigen a la vez" for a, b in conexion.execute(_CRUZADOS, limite)]
    faltas += [
        f"el tarifario {id} nombra el lugar {lugar}, que no existe"
        for id, lugar in conexion.execute(_LUGARES, {**limite, "conocidos": list(todos_los_lugares(sesion))})
    ]
    return [*faltas, *_cotizaciones(sesion)][:FALTAS_MAXIMO]


def _cotizaciones(sesion: Session) -> Iterator[str]:
    """Every kept quote computed again, some hundreds at a time."""
    ultima = None
    while True:
        consulta = select(Cotizacion).order_by(col(Cotizacion.id)).limit(_LOTE)
        filas = sesion.exec(consulta if ultima is None else consulta.where(col(Cotizacion.id) > ultima)).all()
        for fila in filas:
            oferta = oferta_de(sesion, fila)
            if isinstance(oferta, Negativa):
                yield f"la cotización {fila.id} es de un envío que sus tarifas no llevan"
            elif any(getattr(fila, c) != v for c, v in cargos_en_columnas(oferta.cargos).items()):
                yield f"la cotización {fila.id} no es lo que dan sus tarifas"
        if len(filas) < _LOTE:
            return
        ultima = filas[-1].id
        sesion.expunge_all()
