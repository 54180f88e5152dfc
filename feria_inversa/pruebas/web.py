"""The page of the proofs of a process: which there are, and what each shows."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import HTMLResponse

from ciudadania import ActorOpcional
from constancia import en_el_arbol, frases_de
from feria_inversa.actos import ADJUDICACION, APERTURA, NOMBRE_DE_ACTA, renglones_sin_version
from feria_inversa.llaves import llave_de
from feria_inversa.procesos import Estado, convocatoria_visible, ficha
from feria_inversa.pruebas import hacer
from nucleo.bd import Sesion
from nucleo.lectores import Entero
from nucleo.web import pagina, publico

router = APIRouter(dependencies=[Depends(publico)])
POR_PAGINA = 50


@router.get("/feria/{convocatoria_id}/pruebas")
def ver_pruebas(
    request: Request,
    convocatoria_id: UUID,
    sesion: Sesion,
    actor: ActorOpcional,
    desde: Annotated[Entero, Query(ge=0, le=100_000)] = 0,
) -> HTMLResponse:
    """What of a process can be checked without us: awards, the opening, each sealed bid, the other acts."""
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    en_subasta = convocatoria.estado == Estado.SUBASTA
    actas = [
        acta
        for acta in renglones_sin_version(sesion, convocatoria.id)
        if not (en_subasta and acta.clase == APERTURA)
    ]
    cerro = convocatoria.abierto_en or convocatoria.tecnica_en or convocatoria.cerrado_en
    selladas = []
    if cerro is not None and llave_de(sesion, convocatoria.id) is not None:
        selladas = hacer.selladas_de(sesion, convocatoria.id, desde, POR_PAGINA + 1)
    hojas = {acta.numero: hacer.hoja_de(convocatoria.id, acta) for acta in actas}
    listas = en_el_arbol(sesion, [*hojas.values(), *(hoja for _huella, _estado, hoja in selladas)])
    abierta = any(acta.clase == APERTURA and hojas[acta.numero] in listas for acta in actas)
    direccion = f"/feria/{convocatoria.id}/pruebas?desde="
    return pagina(
        request,
        "feria_inversa/pruebas/pruebas.html",
        adjudicaciones=[acta for acta in actas if acta.clase == ADJUDICACION],
        otras=[acta for acta in actas if acta.clase != ADJUDICACION],
        actas_listas={numero for numero, hoja in hojas.items() if hoja in listas},
        apertura_lista=abierta,
        apertura=hacer.se_prueba_la_apertura(sesion, convocatoria),
        selladas=[(huella, estado, hoja in listas) for huella, estado, hoja in selladas[:POR_PAGINA]],
        anterior=f"{direccion}{max(desde - POR_PAGINA, 0)}#ofertas" if desde else None,
        siguiente=f"{direccion}{desde + POR_PAGINA}#ofertas" if len(selladas) > POR_PAGINA else None,
        nombre_de_acta=NOMBRE_DE_ACTA,
        frases={que: frases_de(que) for que in (ADJUDICACION, "acta", "oferta", "apertura")},
        **ficha(sesion, convocatoria),
    )
