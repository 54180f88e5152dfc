"""Pages: who decides what, by which norm; and the authority that keeps both lists."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorOpcional, ActorRequerido
from empresa_digital.registro.catalogos import lugares_para_elegir, nombres_de_lugares
from empresa_digital.registro.competencias import normas as lista
from empresa_digital.registro.competencias.actos import (
    DEROGACION_DE_NORMA,
    NORMA_NUEVA,
    OTORGAMIENTO,
    RETIRO_DE_COMPETENCIA,
    CuerpoDeCompetencia,
    CuerpoDeDerogacion,
    CuerpoDeNorma,
    CuerpoDeRetiro,
    propuesto,
)
from empresa_digital.registro.competencias.consultas import competencias_vigentes
from empresa_digital.registro.competencias.esquemas import CodigoDeNorma
from empresa_digital.registro.competencias.exigir import exigir_competencia
from empresa_digital.registro.competencias.formularios import (
    COMPETENCIA,
    DEROGACION,
    NORMA,
    RETIRO,
    HojaDeCompetencia,
    HojaDeDerogacion,
    HojaDeNorma,
    HojaDeRetiro,
)
from empresa_digital.registro.competencias.modelos import Competencia
from empresa_digital.registro.competencias.palabras import MATERIAS, nombre_de_clase
from empresa_digital.registro.competencias.tipos import CLASES, Materia
from empresa_digital.registro.mandatos import SinFacultad
from empresa_digital.registro.unidades import Unidad, pagina, unidad_por_numero, unidades_en_lote
from nucleo.acceso import publico
from nucleo.actor import Actor
from nucleo.actos import Propuesto
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.plazos import NACIONAL
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _
from nucleo.web import redirigir

router = APIRouter(include_in_schema=False)


@router.get("/competencias", dependencies=[Depends(publico)])
def ver_competencias(request: Request, sesion: Sesion, actor: ActorOpcional) -> Response:
    """For anybody: which authority decides what, where and by which norm."""
    filas = competencias_vigentes(sesion)
    return pagina(
        request,
        "competencias/competencias.html",
        materias=_por_materia(sesion, filas),
        normas=lista.lista_de_normas(sesion),
        administra=actor is not None and _administra(sesion, actor),
    )


def _administra(sesion: Session, actor: Actor) -> bool:
    try:
        exigir_competencia(sesion, actor, Materia.COMPETENCIAS)
    except SinFacultad:
        return False
    return True


def _por_materia(
    sesion: Session, filas: Iterable[Competencia]
) -> list[tuple[str, list[tuple[Competencia, Unidad, str]]]]:
    """Each matter in words, with its competences: whose, and how far they reach."""
    lista_de = list(filas)
    donde = nombres_de_lugares(sesion, {f.lugar or NACIONAL for f in lista_de})
    autoridades = unidades_en_lote(sesion, (f.autoridad_id for f in lista_de))
    return [
        (
            str(texto),
            [
                (f, autoridades[f.autoridad_id], f"{nombre_de_clase(f.clase)} · {donde[f.lugar or NACIONAL]}")
                for f in lista_de
                if f.materia == materia
            ],
        )
        for materia, texto in MATERIAS.items()
    ]


@router.get("/regulador/competencias")
def administrar(request: Request, sesion: Sesion, actor: ActorRequerido) -> Response:
    return _pagina(request, sesion, actor)


def _pagina(request: Request, sesion: Session, actor: Actor, hoja: Hoja[Any] | None = None) -> Response:
    exigir_competencia(sesion, actor, Materia.COMPETENCIAS)
    filas, normas = competencias_vigentes(sesion), lista.lista_de_normas(sesion)
    hoy = fecha_bolivia(ahora_bd(sesion))
    opciones = [(n.codigo, f"{n.codigo} · {n.titulo}") for n in lista.lista_de_normas(sesion, en=hoy)]
    return pagina(
        request,
        "competencias/administrar.html",
        hoja=hoja,
        materias=_por_materia(sesion, filas),
        normas=normas,
        competencia=COMPETENCIA.mostrar(
            request,
            {"desde": hoy},
            enviada=hoja,
            opciones={
                "norma": opciones,
                "clase": [
                    (str(MATERIAS[m]), [(c, nombre_de_clase(c)) for c in suyas])
                    for m, suyas in CLASES.items()
                ],
                "lugar": lugares_para_elegir(sesion)[1:],
            },
        ),
        norma=NORMA.mostrar(request, enviada=hoja),
        retiros={f.id: RETIRO.mostrar(request, enviada=hoja, de=str(f.id)) for f in filas},
        derogaciones={
            n.codigo: DEROGACION.mostrar(request, enviada=hoja, de=n.codigo)
            for n in normas
            if n.vigente_hasta is None
        },
    )


@router.post("/regulador/competencias")
def otorgar_competencia(
    request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeCompetencia
) -> Response:
    with hoja:
        datos = hoja.datos
        cuerpo = CuerpoDeCompetencia(
            autoridad=unidad_por_numero(sesion, datos.autoridad).id,
            materia=datos.materia,
            norma=datos.norma,
            vigente_desde=datos.desde,
            vigente_hasta=datos.hasta,
            clase=datos.clase,
            lugar=datos.lugar,
        )
        return a_firmar(propuesto(OTORGAMIENTO.hacer(sesion, actor, cuerpo)))
    return _pagina(request, sesion, actor, hoja)


@router.post("/regulador/competencias/{id}/retirar")
def retirar_competencia(
    id: UUID, request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeRetiro
) -> Response:
    with hoja:
        cuerpo = CuerpoDeRetiro(competencia=id, motivo=hoja.datos.motivo)
        return a_firmar(propuesto(RETIRO_DE_COMPETENCIA.hacer(sesion, actor, cuerpo)))
    return _pagina(request, sesion, actor, hoja)


def a_firmar(hecho: Propuesto) -> Response:
    """To where it is signed: another official's signature does what this one proposed."""
    return redirigir(hecho.url, _("Usted firmó. Se hará cuando firme otra persona de su autoridad."))


@router.post("/regulador/normas")
def agregar_norma(request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeNorma) -> Response:
    with hoja:
        cuerpo = CuerpoDeNorma(**hoja.datos.model_dump())
        return a_firmar(propuesto(NORMA_NUEVA.hacer(sesion, actor, cuerpo)))
    return _pagina(request, sesion, actor, hoja)


@router.post("/regulador/normas/{codigo}/derogar")
def derogar_norma(
    codigo: CodigoDeNorma,
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDeDerogacion,
) -> Response:
    with hoja:
        cuerpo = CuerpoDeDerogacion(codigo=codigo, vigente_hasta=hoja.datos.vigente_hasta)
        return a_firmar(propuesto(DEROGACION_DE_NORMA.hacer(sesion, actor, cuerpo)))
    return _pagina(request, sesion, actor, hoja)
