"""Bids in two envelopes: the technical part is opened first, alone; what each price is of was said in it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from feria_inversa.actos import APERTURA_TECNICA, acta_de_clase
from feria_inversa.ofertas import sobres
from feria_inversa.ofertas.archivos_abiertos import anotar_abiertos
from feria_inversa.ofertas.esquemas import LineaEntrada, LineaTecnica
from feria_inversa.ofertas.estados import EstadoOferta
from feria_inversa.ofertas.modelos import Oferta
from feria_inversa.ofertas.ofertas import OBJETO, terminar
from feria_inversa.ofertas.sobres import ContenidoTecnico, Dicho
from feria_inversa.procesos.modelos import Convocatoria, Item
from nucleo.actor import Autorizacion
from nucleo.auditoria import auditar
from nucleo.textos import gettext as _

Tecnico = Dicho[ContenidoTecnico]


def abrir_tecnicos(
    sesion: Session,
    autorizacion: Autorizacion,
    convocatoria: Convocatoria,
    items: Sequence[Item],
    privada: bytes,
    instante: datetime,
) -> list[Tecnico]:
    """What the technical envelopes of a locked call say; a bid whose technical part is none does not pass.
    Raises `PlazoNoVencido`.
    """
    leidos, abiertas = [], {}
    for dicho in sobres.leer_tecnicos(sesion, convocatoria, privada):
        leido = dicho
        if dicho.contenido is not None and (falla := _falta(convocatoria, items, dicho.contenido.lineas)):
            leido = replace(dicho, falla=falla)
        if leido.falla:
            no_pasa(sesion, autorizacion, leido.oferta, leido.falla, instante)
        elif leido.contenido is not None:
            abiertas[leido.oferta.id] = leido.contenido.de_archivos
            leido = replace(leido, sobre=b"")  # its text says all
        leidos.append(leido)
    sesion.flush()
    anotar_abiertos(sesion, abiertas)
    return leidos


def _falta(convocatoria: Convocatoria, items: Sequence[Item], lineas: Sequence[LineaTecnica]) -> str:
    """Why a technical part is not of all that is asked; it is awarded at once."""
    dichos = [linea.item_id for linea in lineas]
    if sorted(dichos) != sorted(item.id for item in items):
        return _("Su parte técnica no ofrece todos los ítems que se piden, una vez cada uno.")
    if any(linea.plazo_dias > convocatoria.plazo_entrega_dias for linea in lineas):
        return _("El plazo máximo de entrega es de {} días.").format(convocatoria.plazo_entrega_dias)
    return ""


def no_pasa(
    sesion: Session, autorizacion: Autorizacion, oferta: Oferta, falla: str, instante: datetime
) -> None:
    """A bid ends by its technical part: its prices stay closed for ever."""
    terminar(oferta, EstadoOferta.NO_PASO, instante)
    oferta.falla = falla
    sesion.flush()
    auditar(sesion, autorizacion, "oferta.no_pasar", OBJETO, oferta.id, {"falla": falla})


def dichas_en_lo_tecnico(
    sesion: Session, convocatoria: Convocatoria
) -> Mapping[str | None, Sequence[LineaTecnica]]:
    """What each technical part offered, by its fingerprint, as the first act published it; of a process with
    one envelope, nothing.
    """
    acta = acta_de_clase(sesion, convocatoria.id, APERTURA_TECNICA) if convocatoria.dos_sobres else None
    if acta is None:
        return {}
    textos: dict[str, str] = json.loads(acta.contenido)["textos"]
    return {huella: sobres.leer_tecnico(texto).lineas for huella, texto in textos.items()}


def es_lo_mismo(tecnicas: Sequence[LineaTecnica] | None, lineas: Sequence[LineaEntrada]) -> bool:
    """Whether prices are of what the technical part offered."""

    def dicho(suyas: Sequence[LineaTecnica | LineaEntrada]) -> list[tuple[UUID, str, str, int]]:
        return sorted((li.item_id, li.marca, li.detalle, li.plazo_dias) for li in suyas)

    return tecnicas is not None and dicho(tecnicas) == dicho(lineas)
