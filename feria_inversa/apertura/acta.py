"""The act of opening: written with what was in each envelope, and read from what was written."""

import base64
import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Self
from uuid import UUID

from moneyed import Money
from sqlmodel import Session

from empresa_digital.registro import unidad_por_id, unidades_en_lote
from feria_inversa.actos import APERTURA, acta_de_clase, acta_numero, renglon_de_clase
from feria_inversa.actos.modelos import Acta
from feria_inversa.entidades import que_representa
from feria_inversa.llaves import llave_de, tenencias
from feria_inversa.ofertas import (
    OfertaConLineas,
    Sellado,
    SobresCerrados,
    cerradas_de,
    oferentes_de,
    ofertas_vigentes,
)
from feria_inversa.precios import exacto
from feria_inversa.procesos import Estado
from feria_inversa.procesos.modelos import Convocatoria, Item
from nucleo.dinero import bs
from nucleo.textos import gettext as _

POR_RELOJ = "apertura por reloj"
POR_DEPOSITARIOS = "depositarios de la llave"


@dataclass(frozen=True, slots=True)
class LineaDelActa:
    item: int
    descripcion: str
    marca: str
    detalle: str
    plazo_dias: int
    precio_unitario: Money
    total: Money

    @classmethod
    def leer(cls, dicho: Mapping[str, Any]) -> Self:
        dinero = {campo: bs(Decimal(dicho[campo])) for campo in ("precio_unitario", "total")}
        return cls(**dict(dicho) | dinero)


@dataclass(frozen=True, slots=True)
class OfertaDelActa:
    proveedor: str
    registro: str
    presentada: datetime | None  # not said while names are hidden
    huella: str
    total: Money
    habilitado: bool
    lineas: tuple[LineaDelActa, ...]
    apartado: str  # why some of the lines of a sealed one do not count


@dataclass(frozen=True, slots=True)
class Invalida:
    """A sealed bid that could not count, and why."""

    proveedor: str
    huella: str
    falla: str


@dataclass(frozen=True, slots=True)
class ResumenDeApertura:
    """Who opened the envelopes, when, and how many: what the pages of a process show of it."""

    numero: int
    huella: str
    abierta_en: datetime
    abierta_por: str
    sin_convocatoria: str | None
    ofertas: int

    @property
    def por_reloj(self) -> bool:
        return self.abierta_por == POR_RELOJ

    @property
    def por_depositarios(self) -> bool:
        return self.abierta_por == POR_DEPOSITARIOS


@dataclass(frozen=True, slots=True)
class ActaDeApertura(ResumenDeApertura):
    """And what was in each, as it was written then."""

    cierre: datetime | None
    retiradas: int
    caducadas: int
    invalidas: tuple[Invalida, ...]
    depositarios: tuple[str, ...]
    en_conflicto: tuple[str, ...]
    detalle: tuple[OfertaDelActa, ...]


def lo_abierto(
    sesion: Session,
    convocatoria: Convocatoria,
    items: Sequence[Item],
    abiertas: Sequence[OfertaConLineas],
    pueden: Collection[UUID],
    abrio: str,
    *,
    retiradas: int,
    caducadas: int,
) -> dict[str, Any]:
    """What the act says of a call whose envelopes were opened just now."""
    assert convocatoria.abierto_en is not None
    numeros = {item.id: (item.numero, item.descripcion) for item in items}
    return {
        "cuce": convocatoria.cuce,
        "titulo": convocatoria.titulo,
        "entidad": unidad_por_id(sesion, convocatoria.unidad_id).denominacion,
        "cierre": convocatoria.vence_en and convocatoria.vence_en.isoformat(),
        "apertura": convocatoria.abierto_en.isoformat(),
        "abrio": abrio,
        "retiradas": retiradas,
        "caducadas": caducadas,
        "ofertas": [
            _oferta(abierta, numeros, habilitado=abierta.proveedor.id in pueden) for abierta in abiertas
        ],
    }


def lo_sellado(sesion: Session, convocatoria: Convocatoria, sellados: Sequence[Sellado]) -> dict[str, Any]:
    """What the act says besides of envelopes that were sealed: what was in each, to the byte, with its salt.

    The SHA-256 of a text is the fingerprint of its receipt, and of its leaf in the public log. Of what could
    not be read it says the envelope itself, whose SHA-256 the receipt and the leaf have too; and of what
    stays closed, its fingerprint and why: so each leaf of the process is in it. Of a text of which only some
    lines count, it says why the others do not. Who gave a part decides nothing; if they act for a bidder, it
    says so.
    """
    llave = llave_de(sesion, convocatoria.id)
    assert llave is not None
    dieron = [t for t in tenencias(sesion, llave.resguardo_id, llave) if t.entregada_en]
    oferentes = set(oferentes_de(sesion, convocatoria.id))
    nombres = {
        id_: u.denominacion for id_, u in unidades_en_lote(sesion, [s.unidad_id for s in sellados]).items()
    }
    return {
        "llave": llave.publica.hex(),
        "depositarios": [t.nombre for t in dieron],
        "en_conflicto": [t.nombre for t in dieron if que_representa(sesion, t.persona_id) & oferentes],
        "textos": {s.huella: s.texto for s in sellados if not s.falla},
        "apartadas": {s.huella: s.apartado for s in sellados if s.apartado},
        "cerradas": cerradas_de(sesion, convocatoria.id),
        "invalidas": [
            {
                "proveedor": nombres[s.unidad_id],
                "huella": s.huella,
                "falla": s.falla,
                "texto": s.texto,
                "huella_sobre": hashlib.sha256(s.sobre).hexdigest(),
                "sobre": "" if s.texto else base64.b64encode(s.sobre).decode(),
            }
            for s in sellados
            if s.falla
        ],
    }


def _oferta(
    abierta: OfertaConLineas, numeros: Mapping[Any, tuple[int, str]], *, habilitado: bool
) -> dict[str, Any]:
    lineas = sorted(abierta.lineas, key=lambda linea: numeros[linea.item_id])
    return {
        "proveedor": abierta.proveedor.denominacion,
        **({} if abierta.anonima else _de_quien(abierta) | {"habilitado": habilitado}),
        "huella": abierta.oferta.huella,
        "total": exacto(abierta.total),
        "lineas": [
            {
                "item": numeros[linea.item_id][0],
                "descripcion": numeros[linea.item_id][1],
                "marca": linea.marca,
                "detalle": linea.detalle,
                "plazo_dias": linea.plazo_dias,
                "precio_unitario": exacto(linea.precio_unitario),
                "total": exacto(linea.total),
            }
            for linea in lineas
        ],
    }


def _de_quien(abierta: OfertaConLineas) -> dict[str, str]:
    return {
        "registro": abierta.proveedor.numero,
        "presentada": abierta.oferta.presentada_en.isoformat(),
    }


def leer_acta(acta: Acta) -> ActaDeApertura:
    dicho = json.loads(acta.contenido, parse_float=Decimal)
    return ActaDeApertura(
        numero=acta.numero,
        huella=acta.huella,
        cierre=dicho["cierre"] and datetime.fromisoformat(dicho["cierre"]),
        sin_convocatoria=dicho.get("sin_convocatoria"),
        abierta_en=acta.hecha_en,
        abierta_por=acta.hecha_por,
        retiradas=dicho["retiradas"],
        caducadas=dicho.get("caducadas", 0),  # those of before do not say it
        ofertas=len(dicho["ofertas"]),
        invalidas=tuple(
            Invalida(o["proveedor"], o["huella"], o["falla"]) for o in dicho.get("invalidas", ())
        ),
        depositarios=tuple(dicho.get("depositarios", ())),
        en_conflicto=tuple(dicho.get("en_conflicto", ())),
        detalle=tuple(
            OfertaDelActa(
                o["proveedor"],
                o.get("registro", ""),
                datetime.fromisoformat(o["presentada"]) if "presentada" in o else None,
                o["huella"],
                bs(Decimal(o["total"])),
                o.get("habilitado", True),  # nor those of before, nor of a hidden name
                tuple(LineaDelActa.leer(linea) for linea in o["lineas"]),
                dicho.get("apartadas", {}).get(o["huella"], ""),
            )
            for o in dicho["ofertas"]
        ),
    )


def acta_publicada(sesion: Session, convocatoria: Convocatoria, numero: int) -> Acta:
    """An act of a call, for anybody. Raises `ActaNoEncontrada`; of the opening, `SobresCerrados` while what
    it opened is auctioned.
    """
    acta = acta_numero(sesion, convocatoria.id, numero)
    if convocatoria.estado == Estado.SUBASTA and acta.clase == APERTURA:
        raise SobresCerrados(_("Quién ofrece cada precio se conoce cuando termine la subasta."))
    return acta


def acta_de(sesion: Session, convocatoria: Convocatoria) -> ActaDeApertura | None:
    """The act of opening of a call; None while its envelopes are closed, or its prices are auctioned."""
    if convocatoria.estado == Estado.SUBASTA:
        return None
    acta = acta_de_clase(sesion, convocatoria.id, APERTURA)
    return None if acta is None else leer_acta(acta)


def resumen_de(sesion: Session, convocatoria: Convocatoria) -> ResumenDeApertura | None:
    """The same, for pages: the act, with all that was in the envelopes, is not read."""
    renglon = renglon_de_clase(sesion, convocatoria.id, APERTURA)
    if renglon is None or convocatoria.estado == Estado.SUBASTA:
        return None
    por_que = None
    if convocatoria.vence_en is None and (acta := acta_de(sesion, convocatoria)) is not None:  # a short one
        por_que = acta.sin_convocatoria
    return ResumenDeApertura(
        numero=renglon.numero,
        huella=renglon.huella,
        abierta_en=renglon.hecha_en,
        abierta_por=renglon.hecha_por,
        sin_convocatoria=por_que,
        ofertas=len(ofertas_vigentes(sesion, convocatoria.id)),
    )
