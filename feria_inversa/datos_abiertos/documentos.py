"""The documents of a process as open data."""

from typing import Any
from uuid import UUID

from sqlmodel import Session

from feria_inversa.actos import ADJUDICACION, EVALUACION, EVALUACION_TECNICA, INFORME, NOMBRE_DE_ACTA, Renglon
from feria_inversa.datos_abiertos.piezas import fecha
from feria_inversa.documentos import Clase, Publicado, pedidos_de
from feria_inversa.procesos import Cierre, url_de_documento
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.archivos import TIPO_PDF
from nucleo.configuracion import ajustes
from nucleo.textos import en_castellano

_TIPO = {
    Clase.DBC: "biddingDocuments",
    Clase.ESPECIFICACIONES: "technicalSpecifications",
    Clase.TERMINOS: "technicalSpecifications",
    Clase.PLANOS: "technicalSpecifications",
    Clase.FORMULARIO: "biddingDocuments",
    Clase.CONTRATO: "contractDraft",
}
DE_EVALUACION = frozenset({EVALUACION, EVALUACION_TECNICA, INFORME})
_TIPO_DE_ACTA = dict.fromkeys(DE_EVALUACION, "evaluationReports") | {ADJUDICACION: "awardNotice"}


def id_de_documento(convocatoria: Convocatoria, numero: int) -> str:
    """Of all the versions of a document."""
    return f"{convocatoria.cuce}-D{numero}"


def documento(convocatoria: Convocatoria, publicado: Publicado) -> dict[str, Any]:
    """A document as it holds, with the digest of its bytes."""
    version, desde = publicado.vigente, convocatoria.publicado_en
    assert desde is not None
    primera, ultima = (fecha(max(v.subido_en, desde)) for v in (publicado.primera, version))
    tipo = _TIPO.get(version.clase)
    with en_castellano():
        que_es = version.que_es
    return {
        "id": id_de_documento(convocatoria, version.numero),
        **({"documentType": tipo} if tipo else {}),
        "title": version.titulo,
        "description": f"{que_es}. SHA-256: {version.sha256}",
        "url": url_de_documento(convocatoria.id, version),
        "datePublished": primera,
        **({"dateModified": ultima} if publicado.anteriores else {}),
        "format": TIPO_PDF,
        "language": "es",
    }


def acta_de(convocatoria: Convocatoria, acta: Renglon) -> dict[str, Any]:
    """An act of a process, public to the byte; that of an opening, once what it opened was auctioned."""
    with en_castellano():
        titulo = f"{NOMBRE_DE_ACTA[acta.clase]}, acta {acta.numero}"
    return {
        "id": f"{convocatoria.cuce}-acta-{acta.numero}",
        **({"documentType": _TIPO_DE_ACTA[acta.clase]} if acta.clase in _TIPO_DE_ACTA else {}),
        "title": titulo,
        "url": f"{ajustes().url_publica}/api/v1/convocatorias/{convocatoria.id}/actas/{acta.numero}",
        "datePublished": fecha(acta.hecha_en),
        "format": "application/json",
        "language": "es",
    }


def cancelacion(convocatoria: Convocatoria) -> dict[str, Any]:
    """Why a process was cancelled, or annulled."""
    assert convocatoria.cancelado_en is not None
    anulado = convocatoria.cierre == Cierre.ANULA
    return {
        "id": f"{convocatoria.cuce}-{'anulacion' if anulado else 'cancelacion'}",
        "documentType": "cancellationDetails",
        "title": "Anulación" if anulado else "Cancelación",
        "description": convocatoria.motivo_cierre,
        "url": f"{ajustes().url_publica}/feria/{convocatoria.id}",
        "datePublished": fecha(convocatoria.cancelado_en),
        "format": "text/html",
        "language": "es",
    }


def criterios_de_documentos(sesion: Session, convocatoria_id: UUID) -> str:
    """What who bids presents, and what its lack does; empty where nothing is asked for."""
    falta = {True: "si falta, se puede subsanar", False: "si falta, la oferta queda fuera"}
    return "; ".join(f"{p.nombre} ({falta[p.subsanable]})" for p in pedidos_de(sesion, convocatoria_id))
