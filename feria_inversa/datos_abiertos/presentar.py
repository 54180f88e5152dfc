"""Months and changes of open data as the API and the page show them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row
from sqlmodel import Session

from constancia import hoja_de_archivos
from empresa_digital.registro import unidades_en_lote
from feria_inversa.datos_abiertos.consultas import Tramo
from feria_inversa.datos_abiertos.escribir import Clase
from feria_inversa.datos_abiertos.esquemas import ArchivoDeMes, Cambio, Cambios, MesSalida
from feria_inversa.datos_abiertos.meses import en_curso, pagina_de
from feria_inversa.datos_abiertos.modelos import MesOcds
from feria_inversa.datos_abiertos.paquetes import donde_esta
from feria_inversa.entidades import unidad_breve
from nucleo.archivos import huellas_de
from nucleo.configuracion import ajustes


def meses(sesion: Session, filas: Sequence[MesOcds]) -> list[MesSalida]:
    huellas = huellas_de(sesion, [getattr(fila, clase.columna) for fila in filas for clase in Clase])
    unidades = unidades_en_lote(sesion, [fila.unidad_id for fila in filas if fila.unidad_id is not None])
    salida = []
    for fila in filas:
        entidad = unidad_breve(unidades[fila.unidad_id]) if fila.unidad_id else None
        mes = f"{fila.mes:%Y-%m}"
        base = f"{ajustes().url_publica}/ocds/meses/{mes}/{f'{entidad.numero}/' if entidad else ''}"
        archivos = [
            ArchivoDeMes(
                archivo=clase,
                url=base + clase.value,
                sha256=(huella := huellas[getattr(fila, clase.columna)]).sha256,
                bytes=huella.tamano,
                filas=fila.publicaciones if clase is Clase.RELEASES else fila.procesos,
            )
            for clase in Clase
        ]
        sha256 = {a.archivo.value: a.sha256 for a in archivos}
        pagina = pagina_de(fila.mes, entidad.numero if entidad else None)
        salida.append(
            MesSalida(
                mes=mes,
                en_curso=en_curso(fila.mes),
                entidad=entidad,
                procesos=fila.procesos,
                publicaciones=fila.publicaciones,
                desde=fila.desde,
                hasta=fila.hasta,
                hecho_en=fila.hecho_en,
                archivos=archivos,
                constancia=hoja_de_archivos(pagina, sha256).hex(),
            )
        )
    return salida


def cambios(tramo: Tramo[Row[Any]]) -> Cambios:
    datos = [
        Cambio(
            ocid=fila.ocid,
            release_id=fila.release_id,
            fecha=fila.fecha,
            etiquetas=fila.etiquetas,
            release=donde_esta(fila.ocid, fila.release_id),
            record=f"{ajustes().url_publica}/ocds/records/{fila.ocid}",
        )
        for fila in tramo.filas
    ]
    return Cambios(datos=datos, siguiente=tramo.hasta, hay_mas=tramo.hay_mas)
