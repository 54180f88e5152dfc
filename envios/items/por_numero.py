"""Which item a number means: its own, another operator's, a sender's reference. Never guessed."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select as elegir_columnas
from sqlmodel import Session, col

from empresa_digital.registro import unidades_en_lote
from envios import s10
from envios.items.errores import EnvioNoEncontrado, NumeroAmbiguo, NumeroDeEnvioInvalido
from envios.items.esquema import Esquema
from envios.items.modelos import Envio, IdentificadorDeEnvio
from nucleo.filas import leer_filas, una_de
from nucleo.reloj import fecha_bolivia

PROPIO = re.compile(r"[A-Z0-9][A-Z0-9/._#:]{2,39}", re.ASCII)
"""What an operator or a sender may call an item, already normalised."""
_PARECE_S10 = re.compile(r"[A-Z0-9]{2}[0-9]{8}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Candidato:
    """An item that a text may mean, and whose text it is (None: a number that means one item everywhere)."""

    envio_id: UUID
    emisor_unidad_id: UUID | None


def candidatos_de(sesion: Session, normalizados: Collection[str]) -> dict[str, list[Candidato]]:
    """The items that each text may mean now; one query. Of a number used again, the newest one.

    What is in force goes before what was; a text that means one item, however many call it so, has one.
    """
    if not normalizados:
        return {}
    consulta = elegir_columnas(
        col(IdentificadorDeEnvio.normalizado),
        col(IdentificadorDeEnvio.esquema),
        col(IdentificadorDeEnvio.emisor_unidad_id),
        col(IdentificadorDeEnvio.envio_id),
        col(IdentificadorDeEnvio.hasta),
    ).where(
        una_de(IdentificadorDeEnvio.normalizado, set(normalizados)),
        col(IdentificadorDeEnvio.retirado_en).is_(None),
    )
    hoy = fecha_bolivia()
    hallados: dict[str, dict[tuple[Esquema, UUID | None], tuple[bool, Candidato]]] = {}
    orden = (col(IdentificadorDeEnvio.normalizado), col(IdentificadorDeEnvio.desde))
    for normalizado, esquema, emisor, envio_id, hasta in leer_filas(sesion, consulta.order_by(*orden)):
        suyo = None if esquema in (Esquema.S10, Esquema.CASA) else emisor
        que = (hasta > hoy, Candidato(envio_id, suyo))
        hallados.setdefault(normalizado, {})[esquema, suyo] = que
    return {texto: _los_que_valen(list(unos.values())) for texto, unos in hallados.items()}


def _los_que_valen(todos: list[tuple[bool, Candidato]]) -> list[Candidato]:
    vigentes = [c for vigente, c in todos if vigente] or [c for _vigente, c in todos]
    return list({c.envio_id: c for c in vigentes}.values())


def elegir(candidatos: Collection[Candidato], emisor_unidad_id: UUID | None) -> Candidato | None:
    """The only one, or the one that this issuer calls so; None when it cannot be told."""
    if emisor_unidad_id is not None:
        suyos = [c for c in candidatos if c.emisor_unidad_id == emisor_unidad_id]
        if suyos:
            return suyos[0]
    return next(iter(candidatos)) if len(candidatos) == 1 else None


def error_de_escritura(normalizado: str) -> s10.NumeroInvalido | None:
    """What is wrong with a text that nobody's item has: None when it may be somebody's own number."""
    if PROPIO.fullmatch(normalizado) and not (
        _PARECE_S10.match(normalizado) or normalizado.startswith(s10.PREFIJO_DE_CASA)
    ):
        return None
    try:
        s10.leer_numero(normalizado)
    except s10.NumeroInvalido as error:
        return error
    return None


def envio_por_numero(sesion: Session, texto: str, emisor_unidad_id: UUID | None = None) -> Envio:
    """The shipment that carries this number now (numbers come back after 24 months).

    Accepts what people type. `emisor_unidad_id` says whose number it is, when several call an item so. Raises
    `NumeroDeEnvioInvalido`, `EnvioNoEncontrado`, `NumeroAmbiguo`.
    """
    normalizado = s10.normalizar(texto)
    candidatos = candidatos_de(sesion, [normalizado]).get(normalizado, [])
    elegido = elegir(candidatos, emisor_unidad_id)
    if elegido is not None:
        return sesion.get_one(Envio, elegido.envio_id)
    if candidatos:
        raise NumeroAmbiguo(opciones=_opciones(sesion, candidatos))
    error = error_de_escritura(normalizado)
    if error is not None:
        raise NumeroDeEnvioInvalido.de(error)
    raise EnvioNoEncontrado()


def _opciones(sesion: Session, candidatos: Collection[Candidato]) -> dict[str, str]:
    """By unit, its name: whose number may it be. Two items never share an S10 or a house number."""
    emisores = [c.emisor_unidad_id for c in candidatos if c.emisor_unidad_id is not None]
    return {str(u.id): u.nombre for u in unidades_en_lote(sesion, emisores).values()}


def ids_por_numero(
    sesion: Session, numeros: Collection[str], emisor_unidad_id: UUID | None = None
) -> dict[str, UUID]:
    """`numeros` as they were written → the shipment with each; unknown and ambiguous ones are left out.

    `emisor_unidad_id` is who writes them: its own numbers mean its items.
    """
    limpios: Mapping[str, str] = {numero: s10.normalizar(numero) for numero in numeros}
    candidatos = candidatos_de(sesion, set(limpios.values()))
    elegidos = {n: elegir(candidatos.get(limpio, ()), emisor_unidad_id) for n, limpio in limpios.items()}
    return {numero: elegido.envio_id for numero, elegido in elegidos.items() if elegido is not None}
