"""From rows of the keys to what the API and the browser are given."""

import base64

from sqlmodel import Session

from feria_inversa.llaves.consultas import parte_de, tenencias
from feria_inversa.llaves.errores import ResguardoNoEncontrado
from feria_inversa.llaves.esquemas import DepositarioSalida, ParteSalida, ResguardoSalida
from feria_inversa.llaves.modelos import Llave, Resguardo
from feria_inversa.llaves.resguardos import info_de_parte
from nucleo.actor import Actor


def resguardo(sesion: Session, fila: Resguardo) -> ResguardoSalida:
    campos = ResguardoSalida.model_fields.keys() - {"depositarios"}
    return ResguardoSalida(
        **{campo: getattr(fila, campo) for campo in campos},
        depositarios=[DepositarioSalida.model_validate(t) for t in tenencias(sesion, fila.id, None)],
    )


def parte_suya(sesion: Session, llave: Llave | None, actor: Actor | None) -> ParteSalida | None:
    """What a holder needs to open their part: the sealed bytes, and what they are for."""
    parte = parte_de(sesion, llave, actor) if llave else None
    if llave is None or parte is None:
        return None
    return ParteSalida(
        cifrada=base64.b64encode(parte.cifrada).decode(),
        info=info_de_parte(llave.id, parte.numero),
        huella=parte.huella,
        entregada=parte.entregada_en is not None,
    )


def exigir_parte(sesion: Session, llave: Llave | None, actor: Actor) -> ParteSalida:
    """Raises `ResguardoNoEncontrado` when they hold none."""
    suya = parte_suya(sesion, llave, actor)
    if suya is None:
        raise ResguardoNoEncontrado
    return suya
