"""What is read of items to follow them, by whatever number and however many at once, in four statements."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from empresa_digital.registro import nombres_de_unidades
from envios import s10
from envios.eventos import Historia, historias_de
from envios.items import (
    Candidato,
    EnvioNoEncontrado,
    NumeroAmbiguo,
    NumeroDeEnvioInvalido,
    candidatos_de,
    elegir,
    error_de_escritura,
)
from envios.items.modelos import Envio
from envios.portes import espera_respuesta
from envios.seguimiento.modelos import PromesaDeEnvio
from envios.tarifas.modelos import Cotizacion
from nucleo.errores import DatosInvalidos, ErrorDominio
from nucleo.reloj import fecha_bolivia
from nucleo.textos import gettext as _

NUMEROS_A_LA_VEZ = 30


@dataclass(frozen=True, slots=True)
class Rastro:
    """An item, its story, the day for which it was promised (None: nobody said), and who carries it.

    `en_espera`: it does not leave the counter until who pays answers what it costs above its quote.
    """

    envio: Envio
    historia: Historia
    entrega_el: date | None
    operador: str
    en_espera: bool

    @property
    def demorado(self) -> bool:
        """Still on its way after the day for which it was promised."""
        vencida = self.entrega_el is not None and self.entrega_el < fecha_bolivia()
        return vencida and not self.envio.estado.es_terminal


@dataclass(frozen=True, slots=True)
class Hallazgo:
    """What became of one number, as it was written: its item, or why there is none."""

    escrito: str
    rastro: Rastro | None = None
    error: ErrorDominio | None = None


def leer_numeros(texto: str) -> list[str]:
    """The numbers that somebody pasted, each once: one a line, or between commas; whole ones, by spaces too.

    Raises `DatosInvalidos` when they are too many.
    """
    todos: dict[str, str] = {}
    for trozo in texto.replace(",", "\n").replace(";", "\n").splitlines():
        partes = trozo.split()
        enteros = len(partes) > 1 and all(_es_entero(p) for p in partes)
        for escrito in partes if enteros else [trozo.strip()]:
            if escrito:
                todos.setdefault(s10.normalizar(escrito), escrito)
    if len(todos) > NUMEROS_A_LA_VEZ:
        detalle = _("Son %(n)d números: siga hasta %(maximo)d a la vez.") % {
            "n": len(todos),
            "maximo": NUMEROS_A_LA_VEZ,
        }
        raise DatosInvalidos(detalle, campos={"numero": detalle})
    return list(todos.values())


def _es_entero(texto: str) -> bool:
    try:
        s10.leer_numero(s10.normalizar(texto))
    except s10.NumeroInvalido:
        return False
    return True


def buscar_rastros(
    sesion: Session, numeros: Sequence[str], emisor_unidad_id: UUID | None = None
) -> list[Hallazgo]:
    """Each number with its own result, in their order; four statements, one more if some are of several."""
    limpios = {escrito: s10.normalizar(escrito) for escrito in numeros}
    candidatos = candidatos_de(sesion, set(limpios.values()))
    elegidos = {n: elegir(candidatos.get(limpio, ()), emisor_unidad_id) for n, limpio in limpios.items()}
    dudosos = [
        candidatos[limpios[n]] for n, uno in elegidos.items() if uno is None and limpios[n] in candidatos
    ]
    rastros = rastros_de(sesion, {c.envio_id for c in elegidos.values() if c is not None})
    nombres = nombres_de_unidades(sesion, _emisores(dudosos)) if dudosos else {}
    hallazgos = []
    for escrito, limpio in limpios.items():
        elegido = elegidos[escrito]
        if elegido is None:
            error = _error(limpio, candidatos.get(limpio, ()), nombres)
            hallazgos.append(Hallazgo(escrito, error=error))
            continue
        hallazgos.append(Hallazgo(escrito, rastros[elegido.envio_id]))
    return hallazgos


def rastros_de(sesion: Session, ids: Collection[UUID]) -> dict[UUID, Rastro]:
    """Of items that are known; three statements."""
    filas = _con_promesa(sesion, ids)
    envios = [envio for envio, _dia, _espera in filas.values()]
    historias = historias_de(sesion, envios)
    nombres = nombres_de_unidades(sesion, {envio.custodio_unidad_id for envio in envios})
    return {
        id: Rastro(envio, historias[id], entrega_el, nombres[envio.custodio_unidad_id], en_espera)
        for id, (envio, entrega_el, en_espera) in filas.items()
    }


def rastro_de(sesion: Session, envio_id: UUID) -> Rastro:
    return rastros_de(sesion, [envio_id])[envio_id]


def _con_promesa(sesion: Session, ids: Collection[UUID]) -> dict[UUID, tuple[Envio, date | None, bool]]:
    """Items with their promised day, as it was counted at the admission and, before it, as it was quoted; and
    whether they wait for an answer."""
    if not ids:
        return {}
    consulta = (
        select(Envio, PromesaDeEnvio, Cotizacion, espera_respuesta(col(Envio.id)))
        .outerjoin(PromesaDeEnvio, col(PromesaDeEnvio.envio_id) == col(Envio.id))
        .outerjoin(Cotizacion, col(Cotizacion.id) == col(Envio.cotizacion_id))
        .where(col(Envio.id).in_(list(ids)))
    )
    return {
        envio.id: (envio, _dia(promesa, cotizacion), en_espera)
        for envio, promesa, cotizacion, en_espera in sesion.exec(consulta)
    }


def _dia(promesa: PromesaDeEnvio | None, cotizacion: Cotizacion | None) -> date | None:
    if promesa is not None:
        return promesa.entrega_el
    return cotizacion.entrega_el if cotizacion is not None else None


def _emisores(dudosos: Iterable[Collection[Candidato]]) -> set[UUID]:
    return {c.emisor_unidad_id for unos in dudosos for c in unos if c.emisor_unidad_id is not None}


def _error(limpio: str, candidatos: Collection[Candidato], nombres: dict[UUID, str]) -> ErrorDominio:
    if candidatos:
        return NumeroAmbiguo(opciones={str(u): nombres[u] for u in _emisores([candidatos])})
    mal_escrito = error_de_escritura(limpio)
    if mal_escrito is not None:
        return NumeroDeEnvioInvalido.de(mal_escrito)
    if not _es_entero(limpio):
        return EnvioNoEncontrado(_("No hay un envío con ese número: copie todo el de la etiqueta."))
    return EnvioNoEncontrado(
        _("El número está bien escrito, pero no hay un envío con él. Revise que sea el de su paquete.")
    )
