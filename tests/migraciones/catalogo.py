"""What a database holds, object by object, as text that two databases can be compared by."""

import re
from typing import Any

import psycopg

# Objects of extensions are left out: they belong to their version.
_PROPIO = "NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = {oid} AND d.deptype = 'e')"
_PERMISOS = (
    "(SELECT string_agg(permiso, ' ' ORDER BY permiso) FROM (SELECT format('%s:%s%s',"
    " coalesce(nullif(grantee, 0)::regrole::text, 'PUBLIC'), privilege_type,"
    " CASE WHEN is_grantable THEN '*' ELSE '' END) AS permiso"
    " FROM aclexplode(coalesce({acl}, acldefault({clase}, {duenio})))) p)"
)

CONSULTAS = {
    "tabla": f"""
        SELECT c.relname, format('%s %s %s', c.relkind, c.reloptions, c.relowner::regrole),
               {_PERMISOS.format(acl="c.relacl", clase="'r'", duenio="c.relowner")}
        FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'm', 'p')
          AND {_PROPIO.format(oid="c.oid")}""",
    "columna": f"""
        SELECT format('%s.%s', c.relname, a.attname),
               format('n.º %s %s %s %s %s %s %s',
                   row_number() OVER (PARTITION BY c.oid ORDER BY a.attnum),
                   format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN 'NOT NULL' END,
                   a.attidentity, a.attgenerated, pg_get_expr(d.adbin, d.adrelid),
                   a.attcollation::regcollation),
               CASE WHEN a.attacl IS NOT NULL
                   THEN {_PERMISOS.format(acl="a.attacl", clase="'c'", duenio="c.relowner")} END
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        LEFT JOIN pg_attrdef d ON (d.adrelid, d.adnum) = (a.attrelid, a.attnum)
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'm', 'p', 'c')
          AND a.attnum > 0 AND NOT a.attisdropped""",
    "restricción": """
        SELECT format('%s.%s', coalesce(conrelid::regclass::text, contypid::regtype::text), conname),
               format('%s %s', pg_get_constraintdef(oid), CASE WHEN NOT convalidated THEN 'sin validar' END),
               ''
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'""",
    "índice": """
        SELECT c.relname, pg_get_indexdef(i.indexrelid),
               format('%s %s %s', i.indisvalid, c.reloptions, i.indisclustered)
        FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
        WHERE c.relnamespace = 'public'::regnamespace""",
    "trigger": """
        SELECT format('%s.%s', tgrelid::regclass, tgname), pg_get_triggerdef(oid), tgenabled::text
        FROM pg_trigger WHERE NOT tgisinternal""",
    "función": f"""
        SELECT p.oid::regprocedure::text, CASE WHEN p.prokind <> 'a' THEN pg_get_functiondef(p.oid) END,
               format('%s %s', p.proowner::regrole,
                   {_PERMISOS.format(acl="p.proacl", clase="'f'", duenio="p.proowner")})
        FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND {_PROPIO.format(oid="p.oid")}""",
    "tipo": f"""
        SELECT t.typname, format('%s %s %s %s', t.typtype, t.typowner::regrole,
                   format_type(t.typbasetype, t.typtypmod),
                   (SELECT string_agg(enumlabel, ' ' ORDER BY enumsortorder) FROM pg_enum e
                    WHERE e.enumtypid = t.oid)),
               CASE WHEN t.typtype <> 'c'
                   THEN {_PERMISOS.format(acl="t.typacl", clase="'T'", duenio="t.typowner")} END
        FROM pg_type t LEFT JOIN pg_class c ON c.oid = t.typrelid
        WHERE t.typnamespace = 'public'::regnamespace AND t.typcategory <> 'A'
          AND coalesce(c.relkind, 'c') = 'c' AND {_PROPIO.format(oid="t.oid")}""",
    "secuencia": f"""
        SELECT c.relname, format('%s %s %s %s %s %s %s %s', s.seqtypid::regtype, seqstart, seqincrement,
                   seqmax, seqmin, seqcache, seqcycle,
                   (SELECT d.refobjid::regclass::text || d.refobjsubid FROM pg_depend d
                    WHERE d.objid = c.oid AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0)),
               format('%s %s', c.relowner::regrole,
                   {_PERMISOS.format(acl="c.relacl", clase="'s'", duenio="c.relowner")})
        FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid
        WHERE c.relnamespace = 'public'::regnamespace""",
    "extensión": "SELECT extname, extnamespace::regnamespace::text, '' FROM pg_extension",
    "búsqueda": """
        SELECT c.cfgname,
               (SELECT string_agg(format('%s %s %s', m.maptokentype, m.mapseqno, m.mapdict::regdictionary),
                                  ', ' ORDER BY m.maptokentype, m.mapseqno)
                FROM pg_ts_config_map m WHERE m.mapcfg = c.oid),
               c.cfgowner::regrole::text
        FROM pg_ts_config c WHERE c.cfgnamespace = 'public'::regnamespace""",
    "política": """
        SELECT format('%s.%s', tablename, policyname), format('%s %s', qual, with_check), ''
        FROM pg_policies""",
    "esquema": f"""
        SELECT n.nspname, n.nspowner::regrole::text,
               {_PERMISOS.format(acl="n.nspacl", clase="'n'", duenio="n.nspowner")}
        FROM pg_namespace n WHERE n.nspname = 'public'""",
}
# Rules that the revisions themselves write; the reference lists of the registry come from files with a hash.
REGLAS = (
    "pagos_limite",
    "pagos_comision",
    "pagos_banco",
    "pagos_regla_velocidad",
    "nucleo_feriado",
    "nucleo_plazo",
    "envios_regla_de_intentos",
    "envios_regla_de_reclamo",
    "comercio_categoria",
    "feria_norma",
    "feria_modalidad",
    "feria_regla",
    "feria_margen",
)


# A dump loaded again writes the casts and parentheses of a condition in other places, so these do not count.
_MOLDES = re.compile(r"::(character varying|text)(\[\])?|[()\s]")


def catalogo(conexion: psycopg.Connection[Any]) -> dict[str, str]:
    """`"función pagos_transferir(…)"` -> its definition, owner and privileges, for each object of ours."""
    objetos: dict[str, str] = {}
    with conexion.cursor() as cursor:
        cursor.execute("SET search_path = pg_catalog")
        for clase, consulta in CONSULTAS.items():
            for nombre, definicion, permisos in cursor.execute(consulta).fetchall():
                if clase in ("restricción", "índice", "trigger"):
                    definicion = _MOLDES.sub("", definicion)
                objetos[f"{clase} {nombre}"] = f"{definicion}\n{permisos or ''}"
        for tabla in REGLAS:
            if f"tabla {tabla}" in objetos:
                filas = cursor.execute(
                    f"SELECT to_jsonb(t)::text FROM public.{tabla} t ORDER BY 1"
                ).fetchall()
                objetos[f"filas de {tabla}"] = "\n".join(fila[0] for fila in filas)
        cursor.execute("RESET search_path")
    return objetos


def diferencias(uno: dict[str, str], otro: dict[str, str]) -> dict[str, tuple[str | None, str | None]]:
    """What is not the same in both, with both texts."""
    return {
        nombre: (uno.get(nombre), otro.get(nombre))
        for nombre in sorted(uno.keys() | otro.keys())
        if uno.get(nombre) != otro.get(nombre)
    }
