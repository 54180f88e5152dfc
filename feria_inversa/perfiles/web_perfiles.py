"""The pages of who buys, who sells, what and where."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, Response

from empresa_digital.registro import departamentos, nombres_de_unidades
from feria_inversa.alertas import enlaces_de
from feria_inversa.panorama import (
    ABIERTO,
    MERCADO,
    Etapa,
    Filtro,
    buscar,
    hallar,
    mes_corto,
    pagina_de,
    resumir,
)
from feria_inversa.panorama.modelos import ProcesoDelMercado
from feria_inversa.perfiles.errores import PerfilInexistente
from feria_inversa.perfiles.nombres import NUMERO, es_de_empresa
from feria_inversa.perfiles.perfil import (
    Lista,
    Perfil,
    de_los_ultimos,
    frase_de_proveedor,
    lista_de_entidades,
    lista_de_familias,
    lista_de_lugares,
    lista_de_proveedores,
    lista_del_resumen,
    perfil_de,
    perfil_en_csv,
    repartos_de,
)
from feria_inversa.perfiles.precios import racimos_de_familia
from feria_inversa.perfiles.recientes import Recientes, del_proveedor, recientes
from feria_inversa.perfiles.vistas import racimos_de_pagina
from feria_inversa.reglas import nombre_de_familia
from feria_inversa.temporada import Estacion, estacion, nombres_de_meses
from nucleo.archivos.servir import planilla
from nucleo.bd import Sesion
from nucleo.paginacion import CursorPedido
from nucleo.textos import gettext as _
from nucleo.web import pagina, publico

router = APIRouter(prefix=MERCADO, dependencies=[Depends(publico)])
ABIERTAS = 5
RACIMOS = 3
CodigoDeEntidad = Annotated[str, Path(pattern="^[0-9A-Z]{4}$")]
CodigoDeFamilia = Annotated[str, Path(pattern="^[0-9]{4}$")]
CodigoDeDepartamento = Annotated[str, Path(pattern="^0[1-9]$")]
ClaveDeProveedor = Annotated[str, Path(pattern="^[A-Za-z0-9-]{2,300}$")]


def _pagina(
    request: Request, perfil: Perfil, estacion_de: Estacion | None = None, temporada: str = ""
) -> HTMLResponse:
    """`temporada`: where the seasons of the same are told whole."""
    return pagina(
        request,
        "feria_inversa/perfiles/perfil.html",
        perfil=perfil,
        pagina_de=pagina_de,
        estacion=estacion_de,
        temporada_en=temporada,
        meses=nombres_de_meses(),
    )


@router.get("/entidades/{codigo}.csv")
def entidad_como_tabla(sesion: Sesion, codigo: CodigoDeEntidad) -> Response:
    return planilla(perfil_en_csv(_de_entidad(sesion, codigo)), f"entidad-{codigo}")


@router.get("/entidades/{codigo}")
def entidad(request: Request, sesion: Sesion, codigo: CodigoDeEntidad) -> HTMLResponse:
    """What an entity buys, when, by which way, against how many bidders and how long until it pays."""
    return _pagina(
        request,
        _de_entidad(sesion, codigo),
        estacion(sesion, entidad=codigo),
        f"{MERCADO}/temporada?entidad={codigo}",
    )


def _de_entidad(sesion: Session, codigo: str) -> Perfil:
    hallazgo = hallar(sesion, Filtro(entidad_codigo=codigo))
    resumen = resumir(sesion, hallazgo)
    ultimos = recientes(sesion, hallazgo)
    if not ultimos.procesos and not resumen.programados:  # of what was counted, the last may be missing
        raise PerfilInexistente(_("Ningún proceso que se conozca es de una entidad con ese código."))
    procesos: list[tuple[str, Sequence[ProcesoDelMercado]]] = []
    for titulo, etapa in ((_("Reciben ofertas ahora"), ABIERTO), (_("Planificadas"), Etapa.PROGRAMADO)):
        suyos = hallar(sesion, Filtro(entidad_codigo=codigo, etapa=etapa))
        procesos.append((titulo, buscar(sesion, suyos, CursorPedido(None, ABIERTAS))[0]))
    de_estas = {fila.unidad_id for _titulo, filas in procesos for fila in filas if fila.unidad_id is not None}
    unidades = ultimos.unidades | de_estas
    unidad_id = next(iter(unidades)) if len(unidades) == 1 else None  # of several with one code, nobody knows
    nombre = next((p.nombre for p in resumen.partes["entidad"]), "")
    if not nombre and unidad_id is not None:  # only a plan of it is known
        nombre = nombres_de_unidades(sesion, [unidad_id])[unidad_id]
    nombre = nombre or _("Entidad %(codigo)s") % {"codigo": codigo}
    perfil = perfil_de(nombre, _("Qué compra, cuándo, cómo y a quién."), f"entidades/{codigo}", resumen)
    perfil.procesos = procesos
    perfil.listas += [
        _familias(_("Qué compra"), ultimos),
        lista_de_proveedores(_("A quién adjudica"), ultimos),
        lista_del_resumen(_("Por qué modalidad"), resumen, "modalidad"),
        lista_del_resumen(_("En qué quedó"), resumen, "etapa"),
    ]
    perfil.repartos = repartos_de(ultimos)
    perfil.enlaces = [
        *_a_la_lista(f"{MERCADO}?entidad={codigo}"),
        (_("Lo que vale la pena mirar en sus compras"), f"{MERCADO}/banderas?entidad={codigo}"),
    ]
    if unidad_id is not None:
        perfil.avisos = enlaces_de(entidad=(unidad_id, nombre))
    return perfil


@router.get("/familias/{familia}.csv")
def familia_como_tabla(sesion: Sesion, familia: CodigoDeFamilia) -> Response:
    return planilla(perfil_en_csv(_de_familia(sesion, familia)), f"familia-{familia}")


@router.get("/familias/{familia}")
def familia(request: Request, sesion: Sesion, familia: CodigoDeFamilia) -> HTMLResponse:
    """Who buys of a family of products, when, where, from whom, and at which prices."""
    return _pagina(
        request,
        _de_familia(sesion, familia),
        estacion(sesion, familia=familia),
        f"{MERCADO}/temporada?familia={familia}",
    )


def _de_familia(sesion: Session, familia: str) -> Perfil:
    hallazgo = hallar(sesion, Filtro(familia=familia))
    resumen = resumir(sesion, hallazgo)
    ultimos = recientes(sesion, hallazgo)
    if not ultimos.procesos and not resumen.programados:
        raise PerfilInexistente(_("Ningún proceso que se conozca pide algo de esa familia."))
    lugares = {d.ine: d.nombre for d in departamentos(sesion)}
    titulo = nombre_de_familia(familia)
    perfil = perfil_de(
        titulo, _("Quién lo compra, cuándo, dónde, a quién y a qué precio."), f"familias/{familia}", resumen
    )
    perfil.notas.append(
        _(
            "Solo de los procesos cuyos ítems se conocen: los archivos por mes no los dicen. El código es el"
            " que puso cada entidad."
        )
    )
    perfil.listas += [
        lista_del_resumen(_("Quién compra más"), resumen, "entidad"),
        lista_de_proveedores(_("A quién se adjudica"), ultimos),
        lista_del_resumen(_("Dónde"), resumen, "departamento", lugares),
        lista_del_resumen(_("Por qué modalidad"), resumen, "modalidad"),
    ]
    perfil.repartos = repartos_de(ultimos)
    perfil.racimos = racimos_de_pagina(racimos_de_familia(sesion, familia, RACIMOS))
    perfil.enlaces = _a_la_lista(f"{MERCADO}?familia={familia}")
    perfil.avisos = enlaces_de(familias=[familia])
    return perfil


@router.get("/lugares/{departamento}.csv")
def lugar_como_tabla(sesion: Sesion, departamento: CodigoDeDepartamento) -> Response:
    return planilla(perfil_en_csv(_de_lugar(sesion, departamento)), f"lugar-{departamento}")


@router.get("/lugares/{departamento}")
def lugar(request: Request, sesion: Sesion, departamento: CodigoDeDepartamento) -> HTMLResponse:
    """What is bought in a department, by whom, when and how."""
    return _pagina(request, _de_lugar(sesion, departamento))


def _de_lugar(sesion: Session, departamento: str) -> Perfil:
    hallazgo = hallar(sesion, Filtro(departamento=departamento))
    resumen = resumir(sesion, hallazgo)
    ultimos = recientes(sesion, hallazgo, con_proveedores=False)
    nombre = next(d.nombre for d in departamentos(sesion) if d.ine == departamento)
    aqui = f"{MERCADO}?departamento={departamento}"
    perfil = perfil_de(
        nombre, _("Qué compra el Estado aquí, quién, cuándo y cómo."), f"lugares/{departamento}", resumen
    )
    perfil.listas += [
        lista_del_resumen(_("Quién compra más"), resumen, "entidad"),
        _familias(_("Qué se compra"), ultimos),
        lista_del_resumen(_("Qué se contrata"), resumen, "categoria"),
        lista_del_resumen(_("Por qué modalidad"), resumen, "modalidad"),
        lista_del_resumen(_("En qué quedó"), resumen, "etapa"),
    ]
    perfil.repartos = repartos_de(ultimos)
    perfil.enlaces = _a_la_lista(aqui)
    return perfil


@router.get("/proveedores/{clave}.csv")
def proveedor_como_tabla(sesion: Sesion, clave: ClaveDeProveedor) -> Response:
    return planilla(perfil_en_csv(_de_proveedor(sesion, clave)), f"proveedor-{clave}")


@router.get("/proveedores/{clave}")
def proveedor(request: Request, sesion: Sesion, clave: ClaveDeProveedor) -> HTMLResponse:
    """What a supplier was awarded, by whom and where: of here by its number, of the history by its name."""
    return _pagina(request, _de_proveedor(sesion, clave))


def _de_proveedor(sesion: Session, clave: str) -> Perfil:
    por_numero = NUMERO.fullmatch(clave) is not None
    hallado = None
    if por_numero or es_de_empresa(clave):
        hallado = del_proveedor(sesion, clave, por_numero=por_numero)
    if hallado is None:
        raise PerfilInexistente(
            _("No se conoce adjudicación a ese nombre o número, o el nombre puede ser de una persona.")
        )
    lugares = {d.ine: d.nombre for d in departamentos(sesion)}
    perfil = Perfil(
        hallado.nombre,
        _("Qué se le adjudicó, quién y dónde."),
        f"{MERCADO}/proveedores/{clave}",
        frase_de_proveedor(hallado),
        notas=[
            _(
                "Lo que se le adjudicó aquí. Lo que la historia dice de nombres iguales no se suma: un"
                " nombre no es una identidad."
            )
            if por_numero
            else _(
                "De la historia solo se conoce el nombre, y un nombre no es una identidad: el mismo"
                " puede ser de varios, y uno puede estar escrito de varias maneras."
            )
        ],
        meses=[(mes_corto(mes), n) for mes, n in hallado.meses],
    )
    perfil.listas += [
        lista_de_entidades(_("Quién le adjudicó"), hallado.entidades),
        lista_de_familias(_("Qué se le adjudicó"), hallado.familias, "", hallado.sin_familia),
        lista_de_lugares(_("Dónde"), hallado.departamentos, lugares),
    ]
    if por_numero:
        perfil.enlaces = [(_("Su ficha en el registro"), f"/unidades/{clave}")]
    return perfil


def _a_la_lista(aqui: str) -> list[tuple[str, str]]:
    abiertas = _("Los que reciben ofertas ahora"), f"{aqui}&etapa=abierto"
    return [(_("Todos sus procesos"), aqui), abiertas, (_("Lo planificado"), f"{aqui}&etapa=programado")]


def _familias(titulo: str, ultimos: Recientes) -> Lista:
    return lista_de_familias(titulo, ultimos.familias, de_los_ultimos(ultimos), ultimos.sin_familia)
