"""`qhatu autoridad`: the first authority of the registry; another, when nobody is left to decide.

An authority is named by an authority, by two of its officials; the first is named by who operates the
platform, as the system, and the audit trail says so. Nobody holds anything until they accept it with that
identity card.
"""

from typing import Annotated

import typer

from plataforma.conexion import Datos, conectar
from plataforma.servidores import ErrorDeArranque

ADMINISTRACION_PUBLICA = "8411"


def autoridad(
    nombre: Annotated[str, typer.Argument(help="Cómo se llama la entidad.")],
    ci: Annotated[
        list[str], typer.Option(help="Cédula de cada funcionario, dos o más: --ci 1234567 --ci 7654321-1A.")
    ],
    norma: Annotated[str, typer.Option(help="La norma que le da la competencia, de la lista: LEY-1398.")],
    forma: Annotated[str, typer.Option(help="Su forma legal, por su código en /api/v1/catalogos.")],
    municipio: Annotated[str, typer.Option(help="Código INE del municipio de su domicilio: 020101.")],
    direccion: Annotated[str, typer.Option(help="Cómo se llega.")],
    telefono: Annotated[str, typer.Option(help="Su teléfono.")],
    datos: Datos = None,
) -> None:
    """Inscribe una autoridad con todas las competencias y ofrece a dos personas o más ser sus funcionarios.

    Es como empieza un registro vacío, y como sigue uno al que no le quedan dos funcionarios que decidan.
    """
    conectar(datos)
    from ciudadania import leer_cedula
    from empresa_digital.registro import (
        Facultad,
        Habilitacion,
        Materia,
        NuevaCompetencia,
        NuevoMandato,
        TipoUnidad,
        inscribir_de_oficio,
        otorgar_competencia_con,
    )
    from nucleo.actor import Actor, Autorizacion
    from nucleo.bd import transaccion
    from nucleo.errores import ErrorDominio
    from nucleo.reloj import ahora_bd, fecha_bolivia

    try:
        cedulas = sorted({leer_cedula(*una.split("-", 1)) for una in ci})
        if len(cedulas) < 2:
            raise ErrorDeArranque("Nombre a dos personas o más: dos deciden juntas lo que más importa.")
        oficio = Autorizacion.propia(Actor.sistema("quien opera la plataforma"))
        facultades = (Facultad.ADMINISTRAR, Facultad.REGULAR)
        with transaccion() as sesion:
            unidad = inscribir_de_oficio(
                sesion,
                oficio,
                {
                    "tipo": TipoUnidad.ENTIDAD_PUBLICA.value,
                    "denominacion": nombre,
                    "forma_legal": forma,
                    "municipio_ine": municipio,
                    "actividad_ciiu": ADMINISTRACION_PUBLICA,
                    "direccion": direccion,
                    "telefono": telefono,
                },
                mandatos=[NuevoMandato(facultades, cedula=una, documento=norma) for una in cedulas],
                habilitaciones={Habilitacion.AUTORIDAD_REGULADORA: norma},
            )
            hoy = fecha_bolivia(ahora_bd(sesion))
            for materia in Materia:
                otorgar_competencia_con(sesion, unidad.id, oficio, NuevaCompetencia(materia, norma, hoy))
    except ErrorDominio as error:
        campos = "; ".join((error.campos or {}).values())
        raise ErrorDeArranque(campos or error.detalle) from None
    typer.echo(f"{unidad.numero}  {unidad.nombre}")
    typer.echo("Cada funcionario ingresa y acepta en /mandatos-ofrecidos, antes de treinta días.", err=True)
