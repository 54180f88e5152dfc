"""JSON routes of the State's market, for anybody."""

from fastapi import APIRouter, Depends

from empresa_digital.registro import departamentos
from feria_inversa.entidades import ocid_de
from feria_inversa.panorama.buscar import buscar, hallar
from feria_inversa.panorama.esquemas import ParteDelMercado, ProcesoDelMercadoSalida, ResumenDelMercado
from feria_inversa.panorama.modelos import ProcesoDelMercado
from feria_inversa.panorama.palabras import etapa_de
from feria_inversa.panorama.pedido import LoPedido
from feria_inversa.panorama.resumen import resumir
from feria_inversa.panorama.vistas import fuente_de, nombre_de_parte, quienes
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.paginacion import Cursor, Pagina
from nucleo.web import publico

router = APIRouter(prefix="/api/v1/mercado", tags=["feria inversa"], dependencies=[Depends(publico)])


@router.get("/procesos", responses=respuestas())
def buscar_en_el_mercado(sesion: Sesion, pagina: Cursor, pedido: LoPedido) -> Pagina[ProcesoDelMercadoSalida]:
    """Lo que el Estado compra y compró: procesos de aquí y de SICOES, el último publicado primero; con
    `etapa=programado`, lo que prevén los planes (de este mes en adelante, si no se pide un año o un mes), lo
    que viene antes primero.
    """
    filas, siguiente = buscar(sesion, hallar(sesion, pedido.filtro), pagina)
    de_quien = quienes(sesion, filas)
    datos = [_proceso(fila, de_quien[fila.id] or None) for fila in filas]
    return Pagina(datos=datos, siguiente=siguiente)


def _proceso(fila: ProcesoDelMercado, entidad: str | None) -> ProcesoDelMercadoSalida:
    propios = {"ocid", "fuente", "entidad", "etapa", "norma"}
    iguales = {c: getattr(fila, c) for c in ProcesoDelMercadoSalida.model_fields if c not in propios}
    return ProcesoDelMercadoSalida(
        **iguales,
        ocid=ocid_de(fila.cuce) if fila.convocatoria_id is not None and fila.cuce else None,
        fuente=fuente_de(fila),
        entidad=entidad,
        etapa=etapa_de(fila),
        norma=fila.normativa,
    )


@router.get("/resumen", responses=respuestas())
def resumir_el_mercado(sesion: Sesion, pedido: LoPedido) -> ResumenDelMercado:
    """Cuántos procesos responden, y quién compra, cuándo, cómo y dónde."""
    resumen = resumir(sesion, hallar(sesion, pedido.filtro))
    lugares = {d.ine: d.nombre for d in departamentos(sesion)}
    return ResumenDelMercado(
        procesos=resumen.procesos,
        desde=resumen.desde,
        hasta=resumen.hasta,
        contado_en=resumen.contado_en,
        entre_los_ultimos=resumen.entre,
        abiertos=resumen.abiertos,
        programados=resumen.programados,
        por={
            clase: [
                ParteDelMercado(
                    cual=p.cual,
                    nombre=nombre_de_parte(clase, p.cual, p.nombre, lugares),
                    procesos=p.procesos,
                    desde=p.desde,
                    hasta=p.hasta,
                )
                for p in partes
            ]
            for clase, partes in resumen.partes.items()
        },
    )
