"""JSON routes of who holds keys: named by an entity; each brings a key, rehearses, and may lose it."""

from uuid import UUID

from fastapi import APIRouter, Depends

from ciudadania import ActorOpcional, ActorRequerido
from empresa_digital.registro import Facultad, exigir_facultad
from feria_inversa.llaves import presentar
from feria_inversa.llaves.consultas import llave_de_ensayo, mis_grupos, resguardo_visible, resguardos_de
from feria_inversa.llaves.esquemas import (
    ClaveEntrada,
    FinEntrada,
    PalabrasEntrada,
    ParteSalida,
    ResguardoEntrada,
    ResguardoSalida,
)
from feria_inversa.llaves.fines import declarar_perdida, declinar, terminar_resguardo
from feria_inversa.llaves.personas import personas_con
from feria_inversa.llaves.resguardos import ensayar, inscribir, nombrar
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.ids import nuevo_id
from nucleo.web import publico

router = APIRouter(prefix="/api/v1", route_class=RutaIdempotente, tags=["feria inversa"])
DE_ENTIDAD = "/entidades-contratantes/{unidad_id}/resguardos"
UNO = "/resguardos/{resguardo_id}"


@router.get(DE_ENTIDAD, responses=respuestas(404))
def listar_resguardos(unidad_id: UUID, sesion: Sesion, actor: ActorRequerido) -> list[ResguardoSalida]:
    """Los grupos de depositarios de una entidad, el último primero. Para quien la administra."""
    exigir_facultad(sesion, actor, unidad_id, Facultad.ADMINISTRAR)
    return [presentar.resguardo(sesion, fila) for fila in resguardos_de(sesion, unidad_id)]


@router.post(DE_ENTIDAD, status_code=201, responses=respuestas(404, 409, 429))
def nombrar_depositarios(
    unidad_id: UUID, datos: ResguardoEntrada, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> ResguardoSalida:
    """Nombra a quienes guardarán las llaves; rige cuando todos traen su clave y ensayan."""
    exigir_facultad(sesion, actor, unidad_id, Facultad.ADMINISTRAR)
    personas = personas_con(sesion, actor, [(p.ci, p.complemento) for p in datos.personas])
    fila = nombrar(sesion, actor, unidad_id, datos.umbral, personas, datos.id or nuevo_id())
    return presentar.resguardo(sesion, fila)


@router.get("/resguardos", responses=respuestas())
def listar_los_mios(sesion: Sesion, actor: ActorRequerido) -> list[ResguardoSalida]:
    """Los grupos en que quien pregunta guarda una parte de las llaves."""
    return [presentar.resguardo(sesion, fila) for fila, _mia in mis_grupos(sesion, actor)]


@router.get(UNO, dependencies=[Depends(publico)], responses=respuestas(404))
def ver_resguardo(resguardo_id: UUID, sesion: Sesion, actor: ActorOpcional) -> ResguardoSalida:
    """Un grupo de depositarios: público desde que guarda llaves."""
    return presentar.resguardo(sesion, resguardo_visible(sesion, actor, resguardo_id))


@router.put(UNO + "/clave", responses=respuestas(404, 409))
def traer_clave(
    resguardo_id: UUID, datos: ClaveEntrada, sesion: Sesion, actor: ActorRequerido
) -> ResguardoSalida:
    """Quien fue nombrado trae su clave pública, y así acepta. Hasta que ensaya puede traer otra."""
    fila = inscribir(sesion, actor, resguardo_id, bytes.fromhex(datos.publica))
    return presentar.resguardo(sesion, fila)


@router.get(UNO + "/parte", responses=respuestas(404))
def ver_parte_del_ensayo(resguardo_id: UUID, sesion: Sesion, actor: ActorRequerido) -> ParteSalida:
    """Su parte de la llave de ensayo, sellada a su clave."""
    return presentar.exigir_parte(sesion, llave_de_ensayo(sesion, resguardo_id), actor)


@router.post(UNO + "/ensayo", responses=respuestas(404, 409))
def ensayar_parte(
    resguardo_id: UUID, datos: PalabrasEntrada, sesion: Sesion, actor: ActorRequerido
) -> ResguardoSalida:
    """Entrega su parte de la llave de ensayo, abierta. Con la última, el grupo rige."""
    return presentar.resguardo(sesion, ensayar(sesion, actor, resguardo_id, palabras=datos.palabras))


@router.post(UNO + "/perdida", responses=respuestas(404, 409))
def perder_clave(resguardo_id: UUID, sesion: Sesion, actor: ActorRequerido) -> ResguardoSalida:
    """Dice que perdió su clave: las llaves que vengan se hacen sin ella."""
    return presentar.resguardo(sesion, declarar_perdida(sesion, actor, resguardo_id))


@router.post(UNO + "/negativa", responses=respuestas(404, 409))
def no_aceptar(resguardo_id: UUID, sesion: Sesion, actor: ActorRequerido) -> ResguardoSalida:
    """Quien fue nombrado no acepta: el grupo que se preparaba termina."""
    return presentar.resguardo(sesion, declinar(sesion, actor, resguardo_id))


@router.post(UNO + "/fin", responses=respuestas(404, 409))
def terminar(resguardo_id: UUID, datos: FinEntrada, sesion: Sesion, actor: ActorRequerido) -> ResguardoSalida:
    """La entidad termina un grupo, con un motivo público: lo que publique después se guarda por acceso."""
    return presentar.resguardo(sesion, terminar_resguardo(sesion, actor, resguardo_id, datos.motivo))
