"""Quick quotation: until it is decided nobody knows whose a bid is, and what it says does not tell.

A bid is called by a label. Labels go by the fingerprints of the envelopes, which are salted: by nothing of
who bid, or of when.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from sqlmodel import Session, col, select

from empresa_digital.registro import Unidad, unidad_por_id
from feria_inversa.ofertas.esquemas import LineaEntrada
from feria_inversa.ofertas.estados import EstadoOferta
from feria_inversa.ofertas.modelos import Oferta
from feria_inversa.procesos import oculta_nombres
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.contactos import contactos_en
from nucleo.errores import DatosInvalidos
from nucleo.lectores import sin_acentos
from nucleo.textos import gettext as _

LETRAS_QUE_DICEN = 4
"""A name of fewer letters is also a part of other words."""
CIFRAS_DE_TELEFONO = 8
_DE_UNA_UNIDAD = re.compile(r"\bue\W{0,3}[0-9]{7,12}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def rotulos(sesion: Session, convocatoria: Convocatoria) -> Mapping[UUID, str]:
    """What each bid is called while names are hidden; empty once they are not."""
    if not oculta_nombres(convocatoria):
        return {}
    consulta = select(Oferta.id).where(
        Oferta.convocatoria_id == convocatoria.id, Oferta.estado == EstadoOferta.VIGENTE
    )
    ids = sesion.exec(consulta.order_by(col(Oferta.huella)))
    return {id_: _("Oferta {}").format(numero) for numero, id_ in enumerate(ids, start=1)}


def sin_nombre(unidad: Unidad, rotulo: str) -> Unidad:
    """The same to who judges it, and to who looks, a label: all that tells who it is left out."""
    return replace(
        unidad,
        numero="",
        denominacion=rotulo,
        nombre_comercial=None,
        direccion=None,
        latitud=None,
        longitud=None,
        telefono=None,
        correo=None,
        sitio_web=None,
        descripcion=None,
        huella="",
    )


def exigir_sin_nombre(sesion: Session, unidad_id: UUID, lineas: Sequence[LineaEntrada]) -> None:
    """Raise `DatosInvalidos` of the lines of a bid that would tell who bids."""
    textos = {
        f"lineas.{n}.{campo}": str(getattr(linea, campo))
        for n, linea in enumerate(lineas)
        for campo in ("marca", "detalle")
    }
    exigir_que_no_diga(sesion, unidad_id, textos)


def exigir_que_no_diga(sesion: Session, unidad_id: UUID, textos: Mapping[str, str]) -> None:
    """Raise `DatosInvalidos` of what would tell who wrote it: the names of its unit, what it is reached by,
    an address; and of the number of any unit, which would say that it is of another one.
    """
    unidad = unidad_por_id(sesion, unidad_id)
    suyos = unidad.denominacion, unidad.nombre_comercial, unidad.numero, unidad.correo, unidad.sitio_web
    dicen = ["://", "www.", *(_llano(dato) for dato in suyos if dato and len(dato) >= LETRAS_QUE_DICEN)]
    telefono = _cifras(unidad.telefono or "")[-CIFRAS_DE_TELEFONO:]
    campos = {
        campo: _("No diga de quién es: en una cotización rápida los nombres no se ven hasta la decisión.")
        for campo, texto in textos.items()
        if _dice(texto, dicen, telefono)
    }
    if campos:
        raise DatosInvalidos(next(iter(campos.values())), campos=campos)


def _dice(texto: str, dicen: Sequence[str], telefono: str) -> bool:
    llano = _llano(texto)
    return (
        any(dato in llano for dato in dicen)
        or (telefono != "" and telefono in _cifras(texto))
        or _DE_UNA_UNIDAD.search(llano) is not None
        or bool(contactos_en(texto))
    )


def _cifras(texto: str) -> str:
    return re.sub(r"\D", "", texto)


def _llano(texto: str) -> str:
    return " ".join(sin_acentos(texto).lower().split())
